namespace Overmind.Client;

/// <summary>A new API key with its token, which is shown this once.</summary>
/// <param name="Token">As <c>sk_live_…</c>; secret.</param>
public sealed record ApiKeyWithToken(ApiKey ApiKey, string Token);
