namespace Overmind.Client;

/// <summary>How a question is answered again.</summary>
public sealed record Regeneration : RunChoices;
