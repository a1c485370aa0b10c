using System.IO.Compression;

namespace Overmind.Cli.Transfers;

/// <summary>A file to import. Of a zip its <c>conversations.json</c>: found by its name alone, and unpacked while it is sent, never onto the disk.</summary>
sealed class ImportFile : IAsyncDisposable
{
    const string Entry = "conversations.json";

    /// <summary>A text packs to a tenth or so; what claims to be more than this is made to do harm.</summary>
    const int MostRatio = 200;

    /// <summary>What the server takes: 4 GiB.</summary>
    const long MostBytes = 4L * 1024 * 1024 * 1024;

    readonly ZipArchive? _zip;

    ImportFile(Stream content, long length, ZipArchive? zip) => (Content, Length, _zip) = (content, length, zip);

    public Stream Content { get; }

    /// <summary>In bytes, unpacked.</summary>
    public long Length { get; }

    /// <exception cref="CliException">It cannot be read, or is a zip without conversations.</exception>
    public static ImportFile Open(string path)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CliException("unreadable", $"{path} cannot be read: {unreadable.Message}", "name the file of an export");
        }

        Span<byte> beginning = stackalloc byte[4];
        var read = file.ReadAtLeast(beginning, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 && beginning.SequenceEqual("PK\u0003\u0004"u8) ? OfZip(path, file) : new ImportFile(file, file.Length, null);
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _zip?.Dispose();
    }

    static ImportFile OfZip(string path, FileStream file)
    {
        try
        {
            var zip = new ZipArchive(file);
            var entry = zip.GetEntry(Entry) ?? throw new CliException("no_conversations", $"{path} has no {Entry}", "name an export of ChatGPT, as it was downloaded");
            return entry.Length > MostBytes || entry.Length / MostRatio > entry.CompressedLength
                ? throw new CliException("unfit_zip", $"{Entry} in {path} would unpack to {entry.Length} bytes, which no export does", "unpack it by yourself if you trust it")
                // It ends where it says, whatever is in it.
                : new ImportFile(new BoundedStream(entry.Open(), entry.Length), entry.Length, zip);
        }
        catch (InvalidDataException broken)
        {
            throw new CliException("unfit_zip", $"{path} is no whole zip file: {broken.Message}", "download the export once more");
        }
    }
}
