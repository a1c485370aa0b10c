using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Overmind.Cli;

/// <summary>Writes a verb's result in the format that was asked for.</summary>
static class Output
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line of JSON with snake_case names, or the text.</summary>
    public static void Write(ParseResult parsed, object value, string text)
    {
        if (IsJson(parsed))
            WriteJson(Console.Out, value);
        else
            Console.Out.WriteLine(text);
    }

    /// <summary>One line of JSON with snake_case names.</summary>
    public static void WriteJson(TextWriter to, object value) => to.WriteLine(JsonSerializer.Serialize(value, Json));

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(GlobalOptions.Format) == OutputFormat.Json;
}
