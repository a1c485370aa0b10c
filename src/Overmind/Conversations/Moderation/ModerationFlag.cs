namespace Overmind.Conversations.Moderation;

/// <summary>Something that moderation found, or that a reviewer said.</summary>
/// <param name="Code">As <c>email</c>, or a pattern's own.</param>
/// <param name="Category"><c>pattern</c>, <c>personal_data</c>, <c>size</c>, <c>review</c>, or what a hook says.</param>
/// <param name="Detail">Where it is or why, in words; never what was found.</param>
/// <param name="Source"><c>rule</c>, <c>hook</c> or <c>review</c>.</param>
public sealed record ModerationFlag(string Code, string Category, string? Detail, string Source, DateTimeOffset At);
