namespace Overmind.Client;

/// <summary>What an organization takes as attachments.</summary>
public sealed record AttachmentSettings
{
    /// <summary>The largest file, 1 byte to 1 GiB. Default: 25 MiB.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>What they may be, as <c>image/png</c> or <c>text/*</c>. Default: pictures as PNG, JPEG, GIF and WebP, PDF, JSON, texts and sound.</summary>
    public IReadOnlyList<string>? MediaTypes { get; init; }

    /// <summary>What all files of the organization may take, each content counted once; null: any amount.</summary>
    public long? MaxTotalBytes { get; init; }
}
