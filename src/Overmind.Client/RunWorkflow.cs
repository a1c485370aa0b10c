namespace Overmind.Client;

/// <summary>The version of a workflow that a run uses.</summary>
public sealed record RunWorkflow(Guid Id, string Key, int Version, string Name);
