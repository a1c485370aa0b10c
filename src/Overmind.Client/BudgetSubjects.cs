namespace Overmind.Client;

/// <summary>What the subjects of a budget have used in the period that is now, most first.</summary>
/// <param name="HasMore">Whether others have used less.</param>
public sealed record BudgetSubjects(IReadOnlyList<BudgetUsage> Data, bool HasMore);
