using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>What is to change in a message; a member left null stays as it is. What it said before is kept as a version.</summary>
public sealed record MessagePatch
{
    /// <summary>1 character to 1 MiB in UTF-8; with new <see cref="ContentParts"/> it may be left out, and is their text then.</summary>
    public string? Content { get; init; }

    /// <summary>To null: text alone.</summary>
    public Change<JsonElement?>? ContentParts { get; init; }

    /// <summary>All metadata, replacing what is there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Why, up to 500 characters; kept with the version.</summary>
    public string? ChangeReason { get; init; }

    internal string? Text => Content ?? (ContentParts?.Value is { } parts ? MessageParts.TextOf(parts) : null);

    /// <param name="role">The message's.</param>
    internal void Check(MessageRole role)
    {
        var checks = new Checks();
        checks.Require(
            Content is not null || ContentParts is not null || Metadata is not null, "content", "Change content, content_parts or metadata.");
        MessageParts.Check(ref checks, ContentParts?.Value, role);
        checks.Metadata("metadata", Metadata);
        checks.Text("change_reason", ChangeReason, 0, 500);
        checks.ThrowIfAny();
        if (Text is { } text)
            NewMessage.CheckContent(Content is null ? "content_parts" : "content", text);
    }
}
