using System.Text.Json;

namespace Overmind.WebConsole.Agents;

/// <summary>The settings of an agent or workflow, a JSON object, as they stand in a form: nothing where there are none.</summary>
public static class SettingsText
{
    public static string Of(JsonText settings) => settings.ToString() is var json && json is "{}" ? "" : Text.Json.Indented(json);

    public static string Stored(string text) => string.IsNullOrWhiteSpace(text) ? "{}" : text;

    /// <summary>What is wrong with them; null: nothing that can be told from here.</summary>
    public static string? Fault(string text)
    {
        try
        {
            return JsonElement.Parse(Stored(text)).ValueKind is JsonValueKind.Object
                ? null
                : """Settings are a JSON object, as {"team": "harbour"}.""";
        }
        catch (JsonException malformed)
        {
            return $"This is not JSON: line {malformed.LineNumber + 1}, character {malformed.BytePositionInLine + 1} is not what may stand there.";
        }
    }
}
