using Overmind.Access;
using Overmind.Postgres;

namespace Overmind.Server.Access;

/// <summary>Who made a request, and by what.</summary>
public sealed record Me
{
    /// <summary>Always <c>me</c>.</summary>
    public string Object { get; } = "me";

    public required Guid OrganizationId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>What the member may do: admin, user or viewer.</summary>
    public required string Role { get; init; }

    /// <summary>What the member may do, by role and by grant.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>The API key; null: it was an access token.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The session of the access token; null: it was a key, or a token of the identity provider.</summary>
    public Guid? SessionId { get; init; }

    public required IReadOnlyList<ApiKeyScope> Scopes { get; init; }

    internal static Me Of(Caller caller) => new()
    {
        OrganizationId = caller.Claims.OrganizationId!.Value,
        UserId = caller.Claims.UserId!.Value,
        Role = LowerSnake.Write<OrganizationRole>(caller.Claims.Role!.Value),
        Permissions = [.. Enum.GetValues<Permission>().Where(caller.Claims.May)],
        ApiKeyId = caller.ApiKeyId,
        SessionId = caller.SessionId,
        Scopes = caller.Scopes.Members(),
    };
}
