using System.Text.Json;

namespace Overmind.Audit;

/// <summary>The seals that were published outside of the database, a line of JSON each.</summary>
static class SealFile
{
    public static Task AppendAsync(string path, AuditSeal seal, CancellationToken cancellationToken) =>
        File.AppendAllTextAsync(path, JsonSerializer.Serialize(seal, AuditJson.Options) + "\n", cancellationToken);

    /// <summary>
    /// Hashes by number. Several nodes write, each what it sealed, so that lines need not be in order. A number has two hashes where somebody took seals out of the
    /// database, which then goes on from there.
    /// </summary>
    /// <exception cref="FormatException">A line is no seal.</exception>
    public static async Task<ILookup<long, string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var seals = new HashSet<(long Number, string Hash)>();
        var line = 0;
        await foreach (var text in File.ReadLinesAsync(path, cancellationToken))
        {
            line++;
            if (text.Length == 0)
                continue;
            if (Parse(text) is not { } seal)
                throw new FormatException($"line {line} of {path} is no seal");
            seals.Add((seal.Number, seal.Hash));
        }
        return seals.ToLookup(seal => seal.Number, seal => seal.Hash);
    }

    static AuditSeal? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditSeal>(text, AuditJson.Options) is { Number: > 0, Hash.Length: 64 } seal ? seal : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
