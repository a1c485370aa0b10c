using System.Text.Json.Nodes;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>A call that is none of a run, as its reserved row of the ledger has it.</summary>
sealed record ReservedCall
{
    public required Guid Id { get; init; }

    /// <summary>What the call is for: a member of the row's metadata that is true.</summary>
    public required string What { get; init; }

    public required ModelReference Model { get; init; }

    /// <summary>The prompt's tokens, estimated.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>The most tokens its answer may have; null: not known.</summary>
    public int? MaxTokens { get; init; }

    public string Operation { get; init; } = "chat";

    public Guid? ConversationId { get; init; }

    public string? EndUser { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string ToMetadata()
    {
        var metadata = new JsonObject { [What] = true, ["estimated_tokens_input"] = PromptTokens };
        if (MaxTokens is { } most) metadata["max_output_tokens"] = most;
        if (EndUser is not null) metadata["user"] = EndUser;
        if (Metadata is { Count: > 0 } pairs) metadata["metadata"] = new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        return metadata.ToJsonString();
    }
}
