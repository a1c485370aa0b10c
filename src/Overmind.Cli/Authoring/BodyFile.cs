using System.Text.Json;

namespace Overmind.Cli.Authoring;

/// <summary>What is to be made or changed, as JSON in a file or on standard input: the members that the API takes.</summary>
static class BodyFile
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="path">A file; <c>-</c> for standard input.</param>
    public static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken)
    {
        var text = path == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await ReadFileAsync(path, cancellationToken);
        return Parse<T>(text, path);
    }

    public static T Parse<T>(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            throw new CliException("bad_file", $"{source} cannot be read: {malformed.Message}", "write a JSON object with the members that docs/api.md names") { ExitCode = 2 };
        }
    }

    static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken) => File.Exists(path)
        ? await File.ReadAllTextAsync(path, cancellationToken)
        : throw new CliException("no_file", $"there is no file {path}", "name a JSON file, or - for standard input");
}
