using System.Text.Json;

namespace Overmind.Postgres;

/// <summary>Some permissions. A value, so that claims can be compared.</summary>
public readonly record struct PermissionSet
{
    readonly ulong _bits;

    PermissionSet(ulong bits) => _bits = bits;

    public static PermissionSet Of(IEnumerable<Permission> permissions) => new(permissions.Aggregate(0UL, (bits, permission) => bits | Bit(permission)));

    public bool Contains(Permission permission) => (_bits & Bit(permission)) != 0;

    /// <summary>In the order of the catalogue.</summary>
    public IReadOnlyList<Permission> Members()
    {
        var set = this;
        return [.. Enum.GetValues<Permission>().Where(permission => set.Contains(permission))];
    }

    /// <summary>What stands in <c>organization_members.permissions</c>; what is no permission that can be granted grants nothing.</summary>
    internal static PermissionSet Read(string json)
    {
        if (json == "[]") return default;
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement.EnumerateArray()
            .Where(name => name.ValueKind is JsonValueKind.String)
            .Select(name => LowerSnake.Read<Permission>(name.GetString()!))
            .OfType<Permission>()
            .Where(permission => PermissionCatalogue.Of(permission).IsGrantable));
    }

    static ulong Bit(Permission permission) => 1UL << (int)permission;
}
