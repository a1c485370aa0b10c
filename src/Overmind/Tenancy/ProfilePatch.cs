using NodaTime;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>What is to change in a profile; a member left null stays as it is.</summary>
public sealed record ProfilePatch
{
    /// <summary>1 to 255 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>An address with https, at most 500 characters; to null: none.</summary>
    public Change<string?>? AvatarUrl { get; init; }

    /// <summary>By its IANA name.</summary>
    public string? Timezone { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("display_name", DisplayName, 1, 255);
        checks.Require(
            DisplayName is not { Length: > 0 } || !string.IsNullOrWhiteSpace(DisplayName), "display_name", "display_name has a character besides blanks.");
        if (AvatarUrl?.Value is { } avatar)
        {
            checks.Text("avatar_url", avatar, 1, 500);
            checks.Require(
                Uri.TryCreate(avatar, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0,
                "avatar_url", "avatar_url begins with https://. Send null for none.");
        }

        checks.Require(
            Timezone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(Timezone) is not null, "timezone", "timezone is the IANA name of a zone, as Europe/Paris.");
        checks.ThrowIfAny();
    }
}
