using NodaTime;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>What is to change in an organization; a member left null stays as it is.</summary>
public sealed record OrganizationPatch
{
    /// <summary>1 to 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>2 to 100 lower-case letters, digits and single hyphens; unique in the installation.</summary>
    public string? Slug { get; init; }

    /// <summary>At most 50, replacing what is there.</summary>
    public IReadOnlyList<string>? EnabledFeatures { get; init; }

    /// <summary>At most 50, replacing what is there.</summary>
    public IReadOnlyList<string>? ExperimentalFeatures { get; init; }

    /// <summary>Time zone in which its days and months begin, by its IANA name. Usage is summed up by its days anew, which takes a while.</summary>
    public string? Timezone { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        CheckName(ref checks, Name);
        OrganizationSlug.Check(ref checks, Slug);
        FeatureNames.Check(ref checks, "enabled_features", EnabledFeatures);
        FeatureNames.Check(ref checks, "experimental_features", ExperimentalFeatures);
        checks.Require(
            Timezone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(Timezone) is not null, "timezone", "timezone is the IANA name of a zone, as Europe/Paris.");
        checks.ThrowIfAny();
    }

    internal static void CheckName(ref Checks checks, string? name)
    {
        checks.Text("name", name, 1, 255);
        checks.Require(name is not { Length: > 0 } || !string.IsNullOrWhiteSpace(name), "name", "name has a character besides blanks.");
    }
}
