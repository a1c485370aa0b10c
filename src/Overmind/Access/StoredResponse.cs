namespace Overmind.Access;

/// <summary>A successful answer, kept for the repeats of its request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">The header of that name.</param>
/// <param name="Body">JSON.</param>
public sealed record StoredResponse(int Status, string? Location, string Body);
