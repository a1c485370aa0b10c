using Overmind.Client;

namespace Overmind.Cli.Transfers;

/// <summary>A file that is sent as an attachment, by its own name.</summary>
static class UploadFile
{
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<Attachment> SendAsync(OvermindClient api, string path, string? name, string? mediaType, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        await using var progress = new ProgressStream(file, file.Length, Console.IsErrorRedirected ? null : Console.Error);
        return await api.Attachments.UploadAsync(progress, name ?? Path.GetFileName(path), mediaType ?? TypeOf(path), cancellationToken);
    }

    static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CliException("unreadable", $"{path} cannot be read: {unreadable.Message}", "name a file");
        }
    }

    // What the first bytes do not tell: texts are told apart by how they are called.
    static string? TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => "text/csv",
        ".json" => "application/json",
        ".md" => "text/markdown",
        _ => null,
    };
}
