namespace Overmind.Postgres;

/// <summary>Who has a <see cref="Permission"/>.</summary>
/// <param name="role">The lowest role that has it; those above have it, too.</param>
/// <param name="what">What it allows, in a few words.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class PermissionAttribute(OrganizationRole role, string what) : Attribute
{
    public OrganizationRole Role { get; } = role;

    public string What { get; } = what;

    /// <summary>Whether an admin may give it to a member of a lower role. Default: false.</summary>
    public bool IsGrantable { get; init; }
}
