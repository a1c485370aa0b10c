using Overmind.Postgres;

namespace Overmind.Access;

/// <summary>Who calls with an API key.</summary>
/// <param name="Claims">The member the key acts for.</param>
/// <param name="Scopes">What the key may do.</param>
/// <param name="ExpiresAt">When the key ends; null: never.</param>
/// <param name="Usage">Where its requests are counted.</param>
public sealed record Caller(Guid ApiKeyId, Claims Claims, IReadOnlyList<ApiKeyScope> Scopes, DateTimeOffset? ExpiresAt, ApiKeyUsage Usage)
{
    public bool May(ApiKeyScope scope) => Scopes.Contains(scope);
}
