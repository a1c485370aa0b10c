using Overmind.Conversations.Transfers;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>A file of conversations that is read as it comes, and how far it is.</summary>
public sealed class ImportViewModel(ImportService imports, Claims claims, Action changed)
{
    /// <summary>4 GiB, as the API takes.</summary>
    public const long MaxFileBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>How much of the file was read, 0 to 1; null: no import is under way.</summary>
    public double? Progress { get; private set; }

    /// <summary>What came of it so far; null: nothing yet.</summary>
    public ImportResult? Result { get; private set; }

    /// <summary>Why nothing was imported, or why it broke off.</summary>
    public string? Refusal { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    public async Task ImportAsync(Stream file, long length, CancellationToken cancellationToken)
    {
        (Progress, Result, Refusal) = (0, null, null);
        changed();
        try
        {
            await using var counted = new CountedStream(file, read => Tell(length == 0 ? 1 : Math.Min(1, (double)read / length), Result));
            Result = await imports.ImportAsync(claims, counted, null, result => Tell(Progress, result), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The file could not be read to its end. What is imported stays; import it again, and the rest comes in.");
        }
        Progress = null;
        changed();
    }

    void Tell(double? progress, ImportResult? result)
    {
        (Progress, Result) = (progress, result);
        changed();
    }
}
