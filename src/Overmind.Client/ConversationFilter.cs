namespace Overmind.Client;

/// <summary>Which conversations of a list; what is null does not matter.</summary>
public sealed record ConversationFilter
{
    /// <summary><c>active</c> or <c>archived</c>. Default: both.</summary>
    public string? Status { get; init; }

    public string? Tag { get; init; }

    public string? Folder { get; init; }

    public Guid? ProjectId { get; init; }
}
