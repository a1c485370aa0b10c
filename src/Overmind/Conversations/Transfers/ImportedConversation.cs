using System.Text.Json.Nodes;

namespace Overmind.Conversations.Transfers;

/// <summary>A conversation as rows of its tables, by their columns.</summary>
sealed record ImportedConversation : IDisposable
{
    public required JsonObject Conversation { get; init; }

    public JsonArray Branches { get; init; } = [];

    /// <summary>In their order (<c>seq</c>).</summary>
    public JsonArray Messages { get; init; } = [];

    public JsonArray Versions { get; init; } = [];

    public List<ImportedAttachment> Attachments { get; } = [];

    public void Dispose()
    {
        foreach (var attachment in Attachments)
            attachment.Dispose();
    }
}
