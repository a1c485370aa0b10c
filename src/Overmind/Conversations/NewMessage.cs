using System.Text;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>A message to be appended.</summary>
public sealed record NewMessage
{
    /// <summary>The most a message holds, in bytes of UTF-8: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Given beforehand, so that appending it twice appends one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Default: user. The others are for imports: a run writes its own answer.</summary>
    public MessageRole Role { get; init; } = MessageRole.User;

    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>The message it answers, of the same conversation.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Check()
    {
        CheckContent("content", Content);
        var checks = new Checks();
        checks.Metadata("metadata", Metadata);
        checks.ThrowIfAny();
    }

    /// <summary>What holds for each text of a message, a question included.</summary>
    /// <exception cref="OvermindException">It is empty, larger than 1 MiB, or cannot be stored.</exception>
    public static void CheckContent(string param, string content)
    {
        if (content.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(content) is > MaxBytes and var bytes)
            throw new OvermindException(ErrorCode.MessageTooLarge, $"{param} has {bytes} bytes; a message has at most {MaxBytes}.", param);
        var checks = new Checks();
        checks.Require(content.Length > 0, param, $"{param} is empty; a message has at least one character.");
        checks.Storable(param, content);
        checks.ThrowIfAny();
    }
}
