namespace Overmind.Jobs;

/// <summary>The payload of jobs that need nothing to be told.</summary>
public sealed record NoPayload;
