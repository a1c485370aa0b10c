namespace Overmind.Server;

/// <summary>What the first start on an empty database made, shown once: it is not readable afterwards.</summary>
/// <param name="AdminPassword">Null when the operator gave it.</param>
public sealed record FirstRun(string AdminEmail, string? AdminPassword, string ApiKey);
