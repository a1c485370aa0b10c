namespace Overmind.Jobs;

/// <summary>What a ping carries.</summary>
/// <param name="Message">Comes back in the result.</param>
sealed record PingPayload(string? Message = null);
