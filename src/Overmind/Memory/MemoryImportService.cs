using System.Text.Json;
using Npgsql;
using Overmind.Conversations.Transfers;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Memory;

/// <summary>Takes memories in from an export, a line at a time, each in a transaction of its own.</summary>
public sealed class MemoryImportService(MemoryTransferStore store)
{
    const int MostProblems = 100;

    /// <summary>Imports all that is new, as the caller's. What is wrong with a line is told in the result, and the others come in.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.UnknownImportFormat"/>, <see cref="ErrorCode.Forbidden"/>: nothing was imported.</exception>
    public async Task<MemoryImportResult> ImportAsync(Claims claims, Stream file, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        var problems = new List<MemoryImportProblem>();
        var (imported, skipped, failed, isFirst) = (0L, 0L, 0L, true);
        await foreach (var line in JsonLines.ReadAsync(new ByteSource(file), cancellationToken))
        {
            var (row, versions, problem) = Read(line);
            if (isFirst && problem is not null)
                throw new OvermindException(ErrorCode.UnknownImportFormat, "The file is no export of memories: its lines are {\"object\": \"memory\", \"row\": …}.");
            isFirst = false;
            if (problem is null && row is null) continue;
            (var isNew, problem) = problem is null ? await WriteAsync(claims, row!, versions!, cancellationToken) : (false, problem);
            if (problem is not null && problems.Count < MostProblems) problems.Add(new MemoryImportProblem(line.Number, problem));
            if (problem is not null) failed++;
            else if (isNew) imported++;
            else skipped++;
        }

        return new MemoryImportResult { Imported = imported, Skipped = skipped, Failed = failed, Problems = problems };
    }

    async Task<(bool IsNew, string? Problem)> WriteAsync(Claims claims, string row, string versions, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ImportAsync(claims, row, versions, cancellationToken), null);
        }
        // A value that its column does not take, or that breaks a rule.
        catch (PostgresException refused) when (refused.SqlState[..2] is "22" or "23")
        {
            return (false, PostgresFailure.Translate(refused)?.Message ?? "A value of it cannot be stored.");
        }
    }

    /// <summary>Neither of the two: it is the head.</summary>
    static (string? Row, string? Versions, string? Problem) Read(JsonLine line)
    {
        if (line.Text is null) return (null, null, $"The line is longer than {JsonLines.MaxLength} bytes.");
        try
        {
            var read = JsonElement.Parse(line.Text.AsSpan());
            var kind = read.GetProperty("object").GetString();
            if (kind is "export") return default;
            if (kind is "memory" && read.GetProperty("row") is { ValueKind: JsonValueKind.Object } row)
                return (row.GetRawText(), read.TryGetProperty("versions", out var versions) && versions.ValueKind is JsonValueKind.Array ? versions.GetRawText() : "[]", null);
            return (null, null, $"The line is no memory but {kind}.");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return (null, null, "The line is not the JSON of a memory; the file may be cut off.");
        }
    }
}
