namespace Overmind.Access.Mail;

/// <summary>What has become of a budget.</summary>
/// <param name="Event"><c>soft_limit_reached</c>, <c>limit_reached</c> or <c>second_limit_reached</c>.</param>
/// <param name="Organization">Its name.</param>
/// <param name="Name">Of the budget.</param>
/// <param name="Subject">Of whose use; null for the organization's.</param>
/// <param name="OnLimit">What happens at the limit.</param>
/// <param name="Unit">A currency, or <c>tokens</c> or <c>calls</c>.</param>
/// <param name="Until">When the period ends, in words.</param>
sealed record MailBudget(string Event, string Organization, string Name, string? Subject, string OnLimit, string Used, string Limit, string Unit, string Until);
