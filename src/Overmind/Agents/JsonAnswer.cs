using System.Text.Json;

namespace Overmind.Agents;

/// <summary>
/// JSON in a model's answer. Taken as JSON: the whole text, or the whole text in one code fence, as models write it although they are told
/// not to. Prose beside it is not tolerated; a member given twice is an error.
/// </summary>
public static class JsonAnswer
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The JSON text without its fence.</summary>
    public static string Unfenced(string text)
    {
        var inner = text.Trim();
        if (!inner.StartsWith("```", StringComparison.Ordinal) || !inner.EndsWith("```", StringComparison.Ordinal)) return inner;
        var firstLine = inner.IndexOf('\n', StringComparison.Ordinal);
        return firstLine < 0 || firstLine > inner.Length - 3 ? inner : inner[(firstLine + 1)..^3].Trim();
    }

    /// <summary>The parsed object or array, or null and the reason in words to send back.</summary>
    public static JsonElement? Parse(string text, out string? reason)
    {
        try
        {
            using var document = JsonDocument.Parse(Unfenced(text), Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                reason = null;
                return document.RootElement.Clone();
            }

            reason = "It is a JSON value, but not an object or an array.";
        }
        catch (JsonException e)
        {
            reason = $"It is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).";
        }

        return null;
    }
}
