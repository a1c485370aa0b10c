namespace Overmind.Client;

/// <summary>A question in place of an earlier one.</summary>
public sealed record Resend : RunChoices
{
    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>Attachments that come with it, at most 32. Default: those of the earlier question.</summary>
    public IReadOnlyList<Guid>? AttachmentIds { get; init; }
}
