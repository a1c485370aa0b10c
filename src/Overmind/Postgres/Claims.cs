namespace Overmind.Postgres;

/// <summary>
/// Who asks. The database reads it from the transaction (<c>app.current_*</c>) and its policies decide by it what the statements see.
/// </summary>
/// <param name="OrganizationId">The tenant; null for a caller who has none: such a caller sees no row.</param>
/// <param name="UserId">The person on whose behalf the statements run; null for none.</param>
/// <param name="Role">The person's role in the organization; null for none.</param>
public sealed record Claims(Guid? OrganizationId, Guid? UserId, OrganizationRole? Role)
{
    /// <summary>A caller without claims; sees nothing of any tenant.</summary>
    public static Claims None { get; } = new(null, null, null);

    /// <summary>Permissions that the member was granted beyond those of the role. The database looks at its own.</summary>
    public PermissionSet Granted { get; init; }

    /// <summary>Whether the member has this permission, by role or by grant.</summary>
    public bool May(Permission permission) => Role >= PermissionCatalogue.Of(permission).Role || Granted.Contains(permission);

    /// <summary>The database role the statements run as.</summary>
    public DatabaseRole DatabaseRole { get; init; } = DatabaseRole.Authenticated;

    /// <summary>Where an act that is audited, or that costs something, came from; null for all else, which then sends no statement for it.</summary>
    public RequestOrigin? Origin { get; init; }

    /// <summary>What moderation says of the texts that the statements store, as JSON in ASCII; null where it says nothing.</summary>
    internal string? Moderation { get; init; }

    /// <summary>
    /// The service itself, without a tenant: only for the definer functions that are listed in docs/security.md
    /// (sign-in, API keys, claiming of jobs). It sees no row of a tenant table either.
    /// </summary>
    public static Claims Service { get; } = None with { DatabaseRole = DatabaseRole.ServiceRole };
}
