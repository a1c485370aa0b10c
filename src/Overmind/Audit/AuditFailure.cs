namespace Overmind.Audit;

/// <summary>How an act failed.</summary>
/// <param name="Code">The stable code of the error that the caller got.</param>
/// <param name="Route">What was called, as <c>DELETE /v1/api_keys/{api_key_id}</c>.</param>
/// <param name="ResourceId">What it was about; null when the route names nothing.</param>
public sealed record AuditFailure(string Code, string Route, string? ResourceId);
