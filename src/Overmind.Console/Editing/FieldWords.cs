using System.Text.Json;

namespace Overmind.WebConsole.Editing;

/// <summary>Members of the API's resources, as people read them.</summary>
public static class FieldWords
{
    /// <summary>As <c>Quality threshold</c> for <c>quality_threshold</c>.</summary>
    public static string Label(string member)
    {
        var words = member.Replace('_', ' ').Replace("models.", "model, ", StringComparison.Ordinal).Replace("n2 ", "N² ", StringComparison.Ordinal)
            .Replace("usd", "in US dollars", StringComparison.Ordinal);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A value: texts as they stand, null as –, the rest as JSON.</summary>
    public static string Value(JsonText json)
    {
        var value = json.Parse();
        return value.ValueKind switch
        {
            JsonValueKind.Null => "–",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => value.GetRawText(),
        };
    }
}
