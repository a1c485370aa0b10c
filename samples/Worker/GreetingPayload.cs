namespace Overmind.Samples.Worker;

/// <summary>Whom to greet.</summary>
public sealed record GreetingPayload(string Name);
