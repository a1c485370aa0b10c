using System.Text.Json;

namespace Overmind.Client;

/// <summary>A message to be appended.</summary>
public sealed record NewMessage
{
    /// <summary><c>user</c> (default), or for imports <c>system</c>, <c>assistant</c>, <c>tool</c>.</summary>
    public string? Role { get; init; }

    /// <summary>1 character to 1 MiB in UTF-8; with <see cref="ContentParts"/> it may be left out.</summary>
    public string? Content { get; init; }

    /// <summary>What is more than text: an object whose type is <c>text</c>, <c>structured</c>, <c>multimodal</c> or <c>tool_result</c>.</summary>
    public JsonElement? ContentParts { get; init; }

    /// <summary>Calls of tools that an assistant's message asks for: <c>[{"id", "name", "arguments"}]</c>.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>The message it follows, of the same conversation; where that is not the last of its branch, on a new branch after it. Default: the last of the active branch.</summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>An active session of the conversation.</summary>
    public Guid? SessionId { get; init; }

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
}
