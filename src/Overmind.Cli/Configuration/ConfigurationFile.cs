using System.Text;
using System.Text.Json;

namespace Overmind.Cli.Configuration;

/// <summary>Reads the configuration file: one JSON object of names and values, comments allowed.</summary>
static class ConfigurationFile
{
    static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Each member with its text (null for null) and its line; what cannot be read goes to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<(string Name, string? Text, string Source)> Read(string path, ICollection<string> problems)
    {
        var found = new List<(string, string?, string)>();
        try
        {
            var json = File.ReadAllBytes(path);
            ReadObject(json, path, found, problems);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"the configuration file {path} cannot be read: {unreadable.Message}");
        }
        catch (JsonException malformed)
        {
            problems.Add($"{path}:{malformed.LineNumber + 1} is no JSON: {Reason(malformed)}");
        }
        return found;
    }

    static void ReadObject(byte[] json, string path, List<(string, string?, string)> found, ICollection<string> problems)
    {
        var reader = new Utf8JsonReader(json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json.AsSpan(Encoding.UTF8.Preamble.Length) : json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Add($"{path}:1 is no JSON object; write it as {{ \"port\": 8081 }}");
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var source = $"{path}:{Line(json, reader.TokenStartIndex)}";
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                problems.Add($"{name} in {source} is an object or a list, but settings are plain values");
                reader.Skip();
            }
            else
                found.Add((name, TextOf(reader), source));
        }
        // What follows the object is malformed, and told as such.
        reader.Read();
    }

    static string? TextOf(Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    static int Line(byte[] json, long position) => json.AsSpan(0, (int)position).Count((byte)'\n') + 1;

    static string Reason(JsonException malformed) =>
        malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var at ? malformed.Message[..at] : malformed.Message;
}
