namespace Overmind.Agents.Completions;

/// <summary>A model that may be named in a call.</summary>
/// <param name="Id"><c>provider/model</c>, or <c>overmind/key</c> of a workflow.</param>
/// <param name="OwnedBy">The provider's key; <c>overmind</c> for workflows.</param>
/// <param name="CreatedAt">Of workflows; null: nobody says.</param>
public sealed record CompletionModel(string Id, string OwnedBy, DateTimeOffset? CreatedAt = null);
