namespace Overmind;

/// <summary>A line of a difference.</summary>
/// <param name="Op"><c>equal</c>, <c>delete</c> (only left) or <c>insert</c> (only right).</param>
public sealed record DiffLine(string Op, string Text);
