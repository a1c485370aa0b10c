using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>A member whose view of the data can be looked at.</summary>
public sealed record AccessMember(Guid UserId, string Name, OrganizationRole Role);
