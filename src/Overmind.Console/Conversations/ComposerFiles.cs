using Overmind.Conversations.Attachments;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations;

/// <summary>The files that come with the next question: each is uploaded as soon as it is chosen, and goes again when it is removed.</summary>
public sealed class ComposerFiles(AttachmentService attachments, Claims claims, Action changed)
{
    /// <summary>As many as a question may have.</summary>
    public const int Most = 32;

    readonly List<ComposerFile> files = [];

    public IReadOnlyList<ComposerFile> All => files;

    public bool IsBusy => files.Exists(f => f.IsOnItsWay);

    public IReadOnlyList<Guid> Ids => [.. files.Select(f => f.Attachment?.Id).OfType<Guid>()];

    /// <summary>Takes a file in; what is wrong with it is told at it.</summary>
    /// <param name="mediaType">As the browser knows it.</param>
    public async Task AddAsync(string name, string? mediaType, long size, Func<Stream> open, CancellationToken cancellationToken)
    {
        var file = new ComposerFile(name, size);
        files.Add(file);
        changed();
        try
        {
            await using var content = new CountedStream(open(), read =>
            {
                file.Progress = size == 0 ? 1 : Math.Min(1, (double)read / size);
                changed();
            });
            file.Attachment = await attachments.UploadAsync(
                claims, content, new NewAttachment { Name = name, MediaType = TypeOf(name, mediaType), SizeBytes = size }, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            file.Refusal = Loading.Sentence(failure, "The file could not be read to its end. Choose it again.");
        }

        changed();
    }

    /// <summary>Leaves one out. What was uploaded is deleted; where that fails it goes by itself, unused as it is.</summary>
    public async Task RemoveAsync(ComposerFile file, CancellationToken cancellationToken)
    {
        files.Remove(file);
        changed();
        try
        {
            if (file.Attachment is { } uploaded)
                await attachments.DeleteAsync(claims, uploaded.Id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // It is on no page any more.
        }
    }

    /// <summary>They are the question's now.</summary>
    public void Clear() => files.Clear();

    // Browsers know texts by their endings, and not all: what they do not know the first bytes say.
    static string? TypeOf(string name, string? said) => said is { Length: > 0 } ? said : Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" => "text/csv",
        ".json" => "application/json",
        ".md" => "text/markdown",
        _ => null,
    };
}
