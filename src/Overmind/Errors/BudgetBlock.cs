namespace Overmind.Errors;

/// <summary>What a budget has to say to a call that it does not let be made.</summary>
/// <param name="BudgetId">Which budget.</param>
/// <param name="Subject">Of whose use; empty for the organization's.</param>
/// <param name="Until">When its period ends.</param>
/// <param name="IsBusy">True: nothing is used up, but what calls under way may use leaves no room; some seconds later it may.</param>
public sealed record BudgetBlock(Guid BudgetId, string Subject, DateTimeOffset Until, bool IsBusy);
