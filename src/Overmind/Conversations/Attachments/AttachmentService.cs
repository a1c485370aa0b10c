using Npgsql;
using Overmind.Errors;
using Overmind.Files;
using Overmind.Postgres;

namespace Overmind.Conversations.Attachments;

/// <summary>
/// Files that messages show, as the member in <c>claims</c> sees them. A content is stored once an organization, however often it is sent. What is sent belongs to
/// whoever sent it, until a message names it: then it goes with that.
/// </summary>
public sealed class AttachmentService(AttachmentStore store, FileStore files)
{
    /// <summary>Takes a file in. Nothing of one that breaks off or is refused stays.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.AttachmentTooLarge"/>, <see cref="ErrorCode.UnsupportedMediaType"/>, <see cref="ErrorCode.StorageLimitReached"/>, <see cref="ErrorCode.Forbidden"/>,
    /// or the name is not valid or the file empty.
    /// </exception>
    public async Task<Attachment> UploadAsync(Claims claims, Stream content, NewAttachment attachment, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        attachment.Check();
        var settings = await store.SettingsAsync(claims, cancellationToken);
        if (attachment.SizeBytes > settings.MaxBytes)
            throw TooLarge(settings);
        var check = new UploadCheck(MediaTypes.Normal(attachment.MediaType), settings.MediaTypes);
        check.Begin();
        using var file = await FileSpool.ReadAsync(content, settings.MaxBytes, check.Look, cancellationToken) ?? throw TooLarge(settings);
        if (file.Content.SizeBytes == 0)
            throw new OvermindException(ErrorCode.InvalidValue, "The file is empty: send its bytes as the body.");
        await StoreAsync(claims, file, settings, attachment, check.End(), cancellationToken);
        return await GetAsync(claims, attachment.Id, cancellationToken);
    }

    /// <summary>Takes one in that has been read already, with the id that it has; as <see cref="UploadAsync"/>. One that is there stays as it is.</summary>
    internal async Task ImportAsync(Claims claims, FileSpool file, NewAttachment attachment, CancellationToken cancellationToken)
    {
        attachment.Check();
        var settings = await store.SettingsAsync(claims, cancellationToken);
        if (file.Content.SizeBytes > settings.MaxBytes)
            throw TooLarge(settings);
        var check = new UploadCheck(MediaTypes.Normal(attachment.MediaType), settings.MediaTypes);
        check.Begin();
        var buffer = new byte[FileContent.ChunkBytes];
        for (var number = 0; number < file.Content.ChunkCount; number++)
        {
            await using var chunk = file.Chunk(number);
            check.Look(buffer.AsSpan(0, await chunk.ReadAtLeastAsync(buffer, (int)chunk.Length, cancellationToken: cancellationToken)));
        }

        await StoreAsync(claims, file, settings, attachment, check.End(), cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.AttachmentNotFound"/>.</exception>
    public async Task<Attachment> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>By id: those of conversations that one sees, and what one has sent that no message names yet.</summary>
    /// <param name="conversationId">Only of this conversation; null: of all.</param>
    public async Task<Page<Attachment>> ListAsync(Claims claims, Guid? conversationId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, conversationId, page, cancellationToken));
    }

    /// <summary>The bytes of one that <see cref="GetAsync"/> has found, from <paramref name="from"/> on, piece by piece.</summary>
    /// <param name="length">How many; null: to the end.</param>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Claims claims, Attachment attachment, long from, long? length, CancellationToken cancellationToken) =>
        files.ReadAsync(claims, Content(attachment), from, length ?? attachment.SizeBytes - from, cancellationToken);

    /// <summary>Nobody sees it any more; messages that name it stay. It is deleted for good within a day or two.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.AttachmentNotFound"/>, also when it was deleted before; <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (!await store.DeleteAsync(claims, id, cancellationToken))
            throw NotFound(id);
    }

    async Task StoreAsync(
        Claims claims, FileSpool file, AttachmentSettings settings, NewAttachment attachment, string mediaType, CancellationToken cancellationToken)
    {
        try
        {
            await files.StoreAsync(claims, file, settings.MaxTotalBytes, AttachmentStore.Insert(attachment, mediaType, file.Content), cancellationToken);
        }
        catch (PostgresException full) when (full.SqlState == PostgresFailure.StorageLimit)
        {
            throw new OvermindException(ErrorCode.StorageLimitReached, $"{full.MessageText} (attachments.max_total_bytes of the settings).", inner: full);
        }
    }

    internal static FileContent Content(Attachment attachment) => new(Convert.FromHexString(attachment.Sha256), attachment.SizeBytes);

    static OvermindException TooLarge(AttachmentSettings settings) => new(
        ErrorCode.AttachmentTooLarge, $"The file is larger than {settings.MaxBytes} bytes, the most the organization takes (attachments.max_bytes of the settings).");

    static OvermindException NotFound(Guid id) => new(ErrorCode.AttachmentNotFound, $"There is no attachment {id}.");
}
