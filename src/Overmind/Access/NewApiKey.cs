using Overmind.Errors;

namespace Overmind.Access;

/// <summary>An API key to be made. It acts for the member who makes it.</summary>
public sealed record NewApiKey
{
    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At least one. Default: read.</summary>
    public IReadOnlyList<ApiKeyScope> Scopes { get; init; } = [ApiKeyScope.Read];

    /// <summary>In the future. Default: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal void Check(DateTimeOffset now)
    {
        var checks = new Checks();
        checks.Text("name", Name, 1, 255);
        checks.Require(Scopes.Count > 0, "scopes", "scopes has at least one, as read.");
        checks.Require(ExpiresAt is null || ExpiresAt > now, "expires_at", "expires_at lies in the future.");
        checks.ThrowIfAny();
    }
}
