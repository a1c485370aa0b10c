using System.Globalization;
using MimeKit;

namespace Overmind.Access.Mail;

/// <summary>
/// Mails of an installation without an SMTP server, as files (<c>.eml</c>) that their owner alone reads. They hold links that let their readers in:
/// who shows them answers for it that nobody but the operator sees them.
/// </summary>
public sealed class Outbox(MailOptions options, TimeProvider time)
{
    const int MaxKept = 200;
    const string Extension = ".eml";

    /// <summary>Whether mails go there.</summary>
    public bool IsUsed => options.SmtpUrl is null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<OutboxMail>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var mails = new List<OutboxMail>();
        foreach (var file in Files().Take(limit))
            mails.Add(await ReadAsync(file, cancellationToken));
        return mails;
    }

    internal async Task WriteAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var folder = options.OutboxFolder ?? throw new InvalidOperationException("Mail needs an SMTP server, or a folder to write it to.");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var name = $"{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{Guid.CreateVersion7():N}{Extension}";
        await using (var stream = new FileStream(Path.Combine(folder, name + ".part"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            await message.WriteToAsync(stream, cancellationToken);
        // Whole or not at all.
        File.Move(Path.Combine(folder, name + ".part"), Path.Combine(folder, name));
        foreach (var old in Files().Skip(MaxKept))
            File.Delete(old);
    }

    List<string> Files() => options.OutboxFolder is { } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Extension).OrderDescending(StringComparer.Ordinal).ToList()
        : [];

    static async Task<OutboxMail> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var message = await MimeMessage.LoadAsync(file, cancellationToken);
        return new OutboxMail(Path.GetFileName(file), message.Date.ToUniversalTime(), message.To.ToString(), message.Subject ?? "", message.TextBody ?? "");
    }
}
