namespace Overmind.Client;

/// <summary>The error document of the API, as far as a client decides by it.</summary>
sealed record Problem(
    string? Code, string? Title, string? Detail, string? Param, IReadOnlyDictionary<string, string>? Errors, string? RequestId, bool Retryable);
