using System.Text.Encodings.Web;
using System.Text.Json;
using Overmind.Agents;

namespace Overmind.WebConsole.Text;

/// <summary>JSON for reading.</summary>
public static class Json
{
    static readonly JsonSerializerOptions Reading = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSerializerOptions Resources = new(RunJson.Options) { WriteIndented = true };

    /// <summary>A resource as the API gives it, a member a line.</summary>
    public static string Of(object resource) => JsonSerializer.Serialize(resource, resource.GetType(), Resources);

    /// <summary>The JSON in a model's answer, a member a line; the answer as it stands when there is none in it.</summary>
    public static string Indented(string text) =>
        JsonAnswer.Parse(text, out _) is { } json ? JsonSerializer.Serialize(json, Reading) : text;
}
