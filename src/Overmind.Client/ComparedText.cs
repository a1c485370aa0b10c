namespace Overmind.Client;

/// <summary>A text of two runs.</summary>
public sealed record ComparedText(string Left, string Right, bool IsSame);
