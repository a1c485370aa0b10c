namespace Overmind.Client;

/// <summary>A share that was just made, with what is never shown again.</summary>
/// <param name="Url">The page that anybody may read.</param>
public sealed record ShareWithToken(Share Share, string Token, string Url);
