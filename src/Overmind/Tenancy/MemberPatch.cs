using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Tenancy;

/// <summary>What is to change of a member; what is left null stays as it is.</summary>
public sealed record MemberPatch
{
    /// <summary>1 to 255 characters.</summary>
    public string? DisplayName { get; init; }

    public OrganizationRole? Role { get; init; }

    /// <summary>Those that can be granted, replacing what is there; for admins.</summary>
    public IReadOnlyList<Permission>? Permissions { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("display_name", DisplayName, 1, 255);
        checks.Require(
            Permissions?.All(permission => PermissionCatalogue.Of(permission).IsGrantable) is not false, "permissions",
            $"permissions are among {string.Join(", ", PermissionCatalogue.Grantable.Select(PermissionCatalogue.Name))}.");
        checks.ThrowIfAny();
    }
}
