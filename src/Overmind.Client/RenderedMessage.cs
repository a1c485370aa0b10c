namespace Overmind.Client;

/// <summary>A message that a context template made.</summary>
public sealed record RenderedMessage(string Role, string Content);
