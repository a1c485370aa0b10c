using Overmind.Postgres;

namespace Overmind.Agents;

/// <summary>What the job of a replay carries.</summary>
/// <param name="UserId">Whoever asked: it reads what they see.</param>
/// <param name="Role">Their role then.</param>
sealed record ReplayJobPayload(Guid ReplayId, Guid UserId, OrganizationRole Role);
