namespace Overmind.Conversations.Sharing;

/// <summary>A message as a link shows it: no id, no name, no metadata.</summary>
/// <param name="Attachments">The names of what is attached; never its content.</param>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
public sealed record SharedMessage(MessageRole Role, string Content, DateTimeOffset CreatedAt, IReadOnlyList<string> Attachments);
