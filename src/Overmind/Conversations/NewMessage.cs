using System.Text;
using System.Text.Json;
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

    /// <summary>1 character to 1 MiB in UTF-8; with <see cref="ContentParts"/> it may be left out, and is their text then.</summary>
    public string? Content { get; init; }

    /// <summary>What is more than text: an object with a type, as docs/api.md shows.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary>Calls of tools that an assistant's message asks for.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>The message it follows, of the same conversation. Where that is not the last of its branch, a new branch is made after it. Default: the last of the active branch.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>An active session of the conversation.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The agent that wrote it.</summary>
    public Guid? SenderAgentId { get; init; }

    /// <summary>The application's own channel through which it came.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>The version of its format, up to 10 characters. Default: 1.0.0.</summary>
    public string? Version { get; init; }

    /// <summary>What was known when it was said: a JSON object.</summary>
    public JsonElement? Context { get; init; }

    /// <summary>Memories that it used, at most 100.</summary>
    public IReadOnlyList<Guid>? MemoryRefs { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>What is searched and shown where parts are not.</summary>
    internal string Text => Content ?? MessageParts.TextOf(ContentParts!.Value);

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(Content is not null || ContentParts is not null, "content", "A message has content, content_parts or both.");
        MessageParts.Check(ref checks, ContentParts, Role);
        MessageParts.CheckTools(ref checks, Tools, Role);
        MessageParts.CheckSize(ref checks, "context", Context);
        checks.Text("version", Version, 1, 10);
        checks.Require(MemoryRefs is not { Count: > 100 }, "memory_refs", $"memory_refs names at most 100 memories, not {MemoryRefs?.Count}.");
        checks.Metadata("metadata", Metadata);
        checks.ThrowIfAny();
        CheckContent(Content is null ? "content_parts" : "content", Text);
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
