using System.Text.Json;
using Overmind.Audit;

namespace Overmind.WebConsole.Audit;

/// <summary>A value that an act changed.</summary>
/// <param name="Name">As the column is called.</param>
/// <param name="Old">As it was; null when there was none.</param>
/// <param name="New">As it is since; null when there is none.</param>
public sealed record AuditDifference(string Name, string? Old, string? New)
{
    /// <summary>The values of an act, by name.</summary>
    public static IReadOnlyList<AuditDifference> Of(AuditLog log)
    {
        var (old, @new) = (Members(log.OldValues), Members(log.NewValues));
        return [.. old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal).Select(name => new AuditDifference(name, old.GetValueOrDefault(name), @new.GetValueOrDefault(name)))];
    }

    static Dictionary<string, string?> Members(JsonText values) => values.Parse() is { ValueKind: JsonValueKind.Object } members
        ? members.EnumerateObject().ToDictionary(member => member.Name, member => Text(member.Value))
        : [];

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
