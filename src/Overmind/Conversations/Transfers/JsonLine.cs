namespace Overmind.Conversations.Transfers;

/// <summary>A line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Null: it is longer than a line may be.</param>
sealed record JsonLine(long Number, byte[]? Text);
