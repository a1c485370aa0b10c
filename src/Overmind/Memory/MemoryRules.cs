using System.Text;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>What holds for a new memory and for a change of one.</summary>
static class MemoryRules
{
    /// <summary>Characters of content: what is remembered is a thought, not a document.</summary>
    public const int MaxLength = 32_768;

    const int MaxMetadataBytes = 65_536;

    public static void Content(ref Checks checks, string? content)
    {
        if (content is null)
            return;
        checks.Storable("content", content);
        checks.Require(
            content.AsSpan().IndexOfAnyInRange('\u0001', '\u001f') < 0 || content.All(c => c is >= ' ' or '\t' or '\n' or '\r'), "content",
            "content holds a control character; of those it may have line breaks and tabs.", ErrorCode.InvalidText);
        var length = content.Length <= MaxLength ? content.Length : content.EnumerateRunes().Count();
        checks.Require(length <= MaxLength, "content", $"content has at most {MaxLength} characters, not {length}: remember what matters of it.", ErrorCode.MemoryTooLarge);
        checks.Require(!string.IsNullOrWhiteSpace(content), "content", "content is empty; a memory has at least one word.");
    }

    public static void Others(
        ref Checks checks, string? category, IReadOnlyList<string>? tags, JsonElement? metadata, double? importance, double? decayRate, IReadOnlyList<Guid>? related)
    {
        checks.Text("category", category, 1, 100);
        checks.Require(tags is not { Count: > 50 }, "tags", $"A memory has at most 50 tags, not {tags?.Count}.");
        foreach (var (i, tag) in (tags ?? []).Index())
            checks.Text($"tags[{i}]", tag, 1, 100);
        checks.Require(
            metadata is not { } given || Encoding.UTF8.GetByteCount(given.GetRawText()) <= MaxMetadataBytes, "metadata", $"metadata has at most {MaxMetadataBytes} bytes of JSON.",
            ErrorCode.MemoryTooLarge);
        checks.Require(importance is null or (>= 0 and <= 1), "importance", "importance is a number from 0 to 1.");
        checks.Require(decayRate is null or (>= 0 and <= 1), "decay_rate", "decay_rate is a number from 0 to 1.");
        checks.Require(related is not { Count: > 100 }, "related_memories", $"related_memories names at most 100 memories, not {related?.Count}.");
    }
}
