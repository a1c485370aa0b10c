using System.Buffers.Binary;

namespace Overmind.Conversations.Attachments;

/// <summary>What files are: by what their first bytes say, and by what is said of them.</summary>
static class MediaTypes
{
    /// <summary>As many bytes say what a file is.</summary>
    public const int Needed = 16;

    public const string Text = "text/plain";

    const string Unknown = "application/octet-stream";

    static readonly string[] Told =
        ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "audio/mpeg", "audio/wav", "audio/ogg", "audio/flac", "audio/mp4", "audio/webm"];

    static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpg"] = "image/jpeg",
        ["image/pjpeg"] = "image/jpeg",
        ["application/x-pdf"] = "application/pdf",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/x-wav"] = "audio/wav",
        ["audio/wave"] = "audio/wav",
        ["audio/vnd.wave"] = "audio/wav",
        ["audio/x-flac"] = "audio/flac",
        ["audio/m4a"] = "audio/mp4",
        ["audio/x-m4a"] = "audio/mp4",
        ["audio/opus"] = "audio/ogg",
        ["application/csv"] = "text/csv",
        // What a browser runs is a text here, and shown as one.
        ["text/html"] = Text,
        ["text/javascript"] = Text,
        ["application/javascript"] = Text,
        ["application/xhtml+xml"] = Text,
        ["image/svg+xml"] = Text,
    };

    /// <summary>Without parameters, in lower case, under its usual name; null where nothing is said.</summary>
    public static string? Normal(string? said)
    {
        var type = said?.Split(';')[0].Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(type) || type == Unknown ? null : Others.GetValueOrDefault(type, type);
    }

    public static bool IsImage(string type) => type.StartsWith("image/", StringComparison.Ordinal);

    public static bool IsAudio(string type) => type.StartsWith("audio/", StringComparison.Ordinal);

    /// <summary>Whether it is read as text.</summary>
    public static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml" or "application/yaml" or "application/x-ndjson" or "application/jsonl"
        || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal);

    /// <summary>Whether its bytes say what it is, so that what is said of it must agree.</summary>
    public static bool IsTold(string type) => Told.Contains(type);

    /// <summary>Null: they say nothing, as those of a text.</summary>
    public static string? Sniff(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ when start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) => "image/gif",
        _ when start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WEBP"u8) => "image/webp",
        _ when start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..].StartsWith("WAVE"u8) => "audio/wav",
        _ when start.StartsWith("%PDF-"u8) => "application/pdf",
        _ when start.StartsWith("ID3"u8) || IsMpegFrame(start) => "audio/mpeg",
        _ when start.StartsWith("OggS"u8) => "audio/ogg",
        _ when start.StartsWith("fLaC"u8) => "audio/flac",
        _ when start.Length >= 12 && start[4..].StartsWith("ftyp"u8) => "audio/mp4",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "audio/webm",
        _ => null,
    };

    /// <param name="allowed">Types, or <c>audio/*</c> for all of a kind.</param>
    public static bool IsAllowed(string type, IReadOnlyList<string> allowed) =>
        allowed.Any(a => a.EndsWith("/*", StringComparison.Ordinal) ? type.StartsWith(a[..^1], StringComparison.Ordinal) : a == type);

    // A frame's header: eleven bits set, layer III, a known bit rate and sampling rate.
    static bool IsMpegFrame(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4) return false;
        var header = BinaryPrimitives.ReadUInt32BigEndian(start);
        return (header & 0xFFE00000) == 0xFFE00000 && (header >> 19 & 3) != 1 && (header >> 17 & 3) == 1 && (header >> 12 & 15) is > 0 and < 15 && (header >> 10 & 3) != 3;
    }
}
