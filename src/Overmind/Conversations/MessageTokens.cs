using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Conversations;

/// <summary>Counts what messages take in their conversation's window. Which model's tokenizer counts is remembered for a minute, so that appending asks for it once.</summary>
public sealed class MessageTokens(ConversationStore conversations, IFusionCache cache)
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>With what frames a message in a chat; null where the model is not known or publishes no tokenizer: then the database estimates.</summary>
    internal async ValueTask<int?> CountAsync(Claims claims, Guid conversationId, string text, CancellationToken cancellationToken)
    {
        var key = $"conversation_model:{claims.OrganizationId:N}:{conversationId:N}";
        var cached = cache.TryGet<string>(key, token: cancellationToken);
        var name = cached.HasValue ? cached.Value : await conversations.FindModelAsync(claims, conversationId, cancellationToken);
        if (name is null)
            return null;
        if (!cached.HasValue)
            cache.Set(key, name, Kept, token: cancellationToken);
        return ModelReference.Parse(name) is { } model ? TokenCount.OfMessage(model, text) : null;
    }
}
