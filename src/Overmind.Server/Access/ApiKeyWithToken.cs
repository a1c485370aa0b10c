using Overmind.Access;

namespace Overmind.Server.Access;

/// <summary>A new API key with its token, which is shown this once.</summary>
/// <param name="Token">To be sent as <c>Authorization: Bearer …</c>; secret.</param>
public sealed record ApiKeyWithToken(ApiKey ApiKey, string Token);
