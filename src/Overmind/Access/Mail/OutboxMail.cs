namespace Overmind.Access.Mail;

/// <summary>A mail that was written instead of sent.</summary>
/// <param name="Id">The name of its file.</param>
public sealed record OutboxMail(string Id, DateTimeOffset At, string To, string Subject, string Text);
