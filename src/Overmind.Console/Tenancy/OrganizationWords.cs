using Overmind.Tenancy;

namespace Overmind.WebConsole.Tenancy;

/// <summary>How the console says what an organization is and may.</summary>
static class OrganizationWords
{
    public static string State(Organization organization) => organization switch
    {
        { Status: OrganizationStatus.Cancelled, EndsAt: { } ends } => $"cancelled, ends {ends:yyyy-MM-dd}",
        _ => LowerSnake.Write(organization.Status),
    };

    public static string Limit(long? limit) => limit?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "no limit";
}
