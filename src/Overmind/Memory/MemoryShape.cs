using System.Text;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>
/// The shape of each type: <c>{"event", "temporal"}</c> (a text; a text or an object), <c>{"concept", "definition"}</c> (texts), <c>{"skill", "steps"}</c>
/// (a text and an array) and <c>{"items", "capacity"}</c> (an array and how many fit, 1 to 1000). Other members are kept as they are. The database holds
/// rows to the same rules, and makes words from a shape and the other way round where one of the two is left out.
/// </summary>
static class MemoryShape
{
    /// <summary>Of JSON.</summary>
    public const int MaxBytes = 131_072;

    public static void Check(ref Checks checks, string param, MemoryType type, JsonElement? parts)
    {
        if (parts is not { } given)
            return;
        checks.Require(
            Encoding.UTF8.GetByteCount(given.GetRawText()) <= MaxBytes, param, $"{param} has at most {MaxBytes} bytes of JSON.", ErrorCode.MemoryTooLarge);
        switch (type)
        {
            case MemoryType.Episodic:
                Text(ref checks, param, given, "event");
                checks.Require(
                    Kind(given, "temporal") is JsonValueKind.String or JsonValueKind.Object, $"{param}.temporal",
                    "An episode says when it was: temporal is a text or an object, as {\"at\": \"2026-01-31T12:00:00Z\"}.");
                break;
            case MemoryType.Semantic:
                Text(ref checks, param, given, "concept");
                Text(ref checks, param, given, "definition");
                break;
            case MemoryType.Procedural:
                Text(ref checks, param, given, "skill");
                checks.Require(Kind(given, "steps") is JsonValueKind.Array, $"{param}.steps", "A skill has steps, an array.");
                break;
            default:
                CheckItems(ref checks, param, given);
                break;
        }
    }

    static void CheckItems(ref Checks checks, string param, JsonElement given)
    {
        checks.Require(Kind(given, "items") is JsonValueKind.Array, $"{param}.items", "A working memory has items, an array.");
        var capacity = Kind(given, "capacity") is JsonValueKind.Number && given.GetProperty("capacity").TryGetInt32(out var number) ? number : 0;
        checks.Require(capacity is >= 1 and <= 1000, $"{param}.capacity", "A working memory has a capacity, a whole number of 1 to 1000.");
        if (Kind(given, "items") is JsonValueKind.Array && capacity > 0)
            checks.Require(
                given.GetProperty("items").GetArrayLength() <= capacity, $"{param}.items",
                $"The working memory holds {capacity} items, not {given.GetProperty("items").GetArrayLength()}: drop some, or raise its capacity.");
    }

    static void Text(ref Checks checks, string param, JsonElement given, string name) => checks.Require(
        Kind(given, name) is JsonValueKind.String && given.GetProperty(name).GetString() is { Length: > 0 }, $"{param}.{name}", $"{param}.{name} is a text, and not empty.");

    static JsonValueKind Kind(JsonElement given, string name) =>
        given.ValueKind is JsonValueKind.Object && given.TryGetProperty(name, out var value) ? value.ValueKind : JsonValueKind.Undefined;
}
