using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Cli.Ask;

/// <summary>A file of JSON objects, one a line, that is only ever appended to.</summary>
static class JsonLines
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the lines and cuts off what a kill left half-written at the end; the file is then at its end.</summary>
    public static IReadOnlyList<JsonNode> ReadWhole(FileStream file)
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(whole);
        file.Position = whole;
        return [.. Encoding.UTF8.GetString(bytes, 0, whole)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>Returns when the line is on disk.</summary>
    public static void Append(FileStream file, JsonNode line)
    {
        file.Write(Encoding.UTF8.GetBytes(line.ToJsonString(Json) + "\n"));
        file.Flush(flushToDisk: true);
    }
}
