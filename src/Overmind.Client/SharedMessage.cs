namespace Overmind.Client;

/// <summary>A message as a link shows it.</summary>
/// <param name="Attachments">The names of what is attached; never its content.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
public sealed record SharedMessage(string Role, string Content, DateTimeOffset CreatedAt, IReadOnlyList<string>? Attachments = null);
