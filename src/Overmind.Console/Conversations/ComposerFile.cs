using Overmind.Conversations.Attachments;

namespace Overmind.WebConsole.Conversations;

/// <summary>A file that was chosen for the next question.</summary>
public sealed class ComposerFile(string name, long size)
{
    public string Name => name;

    public long Size => size;

    /// <summary>How much of it is there, 0 to 1.</summary>
    public double Progress { get; internal set; }

    /// <summary>Null until all of it is there.</summary>
    public Attachment? Attachment { get; internal set; }

    /// <summary>Why it was not taken; null: it was, or is on its way.</summary>
    public string? Refusal { get; internal set; }

    public bool IsOnItsWay => Attachment is null && Refusal is null;
}
