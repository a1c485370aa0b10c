namespace Overmind.Server.Http;

/// <summary>What <c>/health</c> and <c>/ready</c> answer when all is well.</summary>
/// <param name="Status"><c>ok</c> or <c>ready</c>.</param>
public sealed record ServerStatus(string Status);
