using Overmind.Conversations.Sharing;

namespace Overmind.Server.Conversations;

/// <summary>A share that was just made, with what is never shown again.</summary>
public sealed record ShareWithToken(Share Share, string Token, string Url);
