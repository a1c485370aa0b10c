namespace Overmind.Client;

/// <summary>Memories that became one.</summary>
/// <param name="Type"><c>merge</c> or <c>summarize</c>.</param>
/// <param name="Keeps">The one of them that stays; null: a new one takes the place of all.</param>
/// <param name="Content">What it says.</param>
public sealed record ConsolidatedMemories(string Type, IReadOnlyList<Guid> Sources, Guid? Keeps, string Content, int TokensSaved);
