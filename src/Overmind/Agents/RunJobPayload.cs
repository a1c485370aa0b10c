namespace Overmind.Agents;

/// <summary>What the job of a run carries.</summary>
/// <param name="OwnerId">The conversation's owner: everything under it is theirs, whoever asked.</param>
sealed record RunJobPayload(Guid RunId, Guid OwnerId);
