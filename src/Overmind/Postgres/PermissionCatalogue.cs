using System.Collections.Frozen;
using System.Reflection;

namespace Overmind.Postgres;

/// <summary>The catalogue of permissions: lowest role and meaning of each <see cref="Permission"/>.</summary>
public static class PermissionCatalogue
{
    static readonly FrozenDictionary<Permission, PermissionAttribute> Entries = Enum.GetValues<Permission>().ToFrozenDictionary(
        permission => permission,
        permission => typeof(Permission).GetField(permission.ToString())!.GetCustomAttribute<PermissionAttribute>()!);

    /// <summary>Those that an admin may give to members of lower roles.</summary>
    public static IReadOnlyList<Permission> Grantable { get; } = [.. Enum.GetValues<Permission>().Where(permission => Of(permission).IsGrantable)];

    public static PermissionAttribute Of(Permission permission) => Entries[permission];

    /// <summary>Its name, as <c>members.manage</c>.</summary>
    public static string Name(Permission permission) => LowerSnake.Write(permission);
}
