using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>An organization to be made. Whoever makes it is its admin.</summary>
public sealed record NewOrganization
{
    /// <summary>Default: a new one. One that the person has made already is returned as it is.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>2 to 100 lower-case letters, digits and single hyphens. Default: made from the name, with a number where that is taken.</summary>
    public string? Slug { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        OrganizationPatch.CheckName(ref checks, Name);
        OrganizationSlug.Check(ref checks, Slug);
        checks.ThrowIfAny();
    }
}
