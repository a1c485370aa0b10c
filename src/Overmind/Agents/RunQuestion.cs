using System.Text.Json;
using Overmind.Conversations.Vectors;

namespace Overmind.Agents;

/// <summary>What a run answers, and where in its conversation.</summary>
sealed record RunQuestion(string Text)
{
    public Guid MessageId { get; init; } = Guid.CreateVersion7();

    /// <summary>Whether its message is there already: it is answered once more.</summary>
    public bool IsThere { get; init; }

    /// <summary>What its message shows, where something is attached.</summary>
    public JsonElement? Parts { get; init; }

    public IReadOnlyList<RunAttachment> Attachments { get; init; } = [];

    /// <summary>The texts among them, as they stand behind the question's; empty where there are none.</summary>
    public string AttachedText => string.Concat(Attachments.Where(a => a.Text is not null).Select(a => $"\n{a.Text}"));

    /// <summary>By a model on this machine; null: a job makes it.</summary>
    public StoredVector? Vector { get; init; }

    /// <summary>The message before which the history ends; null for the end of the active branch.</summary>
    public BranchPoint? HistoryEndsBefore { get; init; }

    /// <summary>The branch that is made for it; null: it goes on with the active one.</summary>
    public RunFork? Fork { get; init; }
}
