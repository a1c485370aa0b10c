using Overmind.Access;
using Overmind.Conversations.Exchanges;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>The conversation that keeps an exchange, as <c>x-overmind-conversation</c> names it: an id, or <c>new</c>.</summary>
sealed record KeptConversation(Guid Id, bool IsNew)
{
    public const string Header = "x-overmind-conversation";

    public static KeptConversation New() => new(Guid.CreateVersion7(), IsNew: true);

    /// <summary>Null: the exchange is not kept.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>, <see cref="ErrorCode.InsufficientScope"/>.</exception>
    public static KeptConversation? Read(HttpRequest request, Caller caller)
    {
        if (request.Headers[Header] is not { Count: > 0 } values) return null;
        caller.Ensure(ApiKeyScope.ConversationsWrite);
        return values is ["new"] ? New()
            : values is [{ } text] && Guid.TryParseExact(text, "D", out var id) ? new KeptConversation(id, IsNew: false)
            : throw new OvermindException(ErrorCode.InvalidParameter, $"{Header} is the id of a conversation, or new.", Header);
    }

    public void Tell(HttpResponse response) => response.Headers[Header] = Id.ToString();

    /// <summary>Keeps what was said. The answer is its caller's whatever comes of it: null, or why it is not kept.</summary>
    public async Task<OvermindException?> KeepAsync(HttpContext http, ExchangeService exchanges, Caller caller, IReadOnlyList<ExchangeMessage> messages, ILogger logger)
    {
        try
        {
            // Not with the request's token: the answer is there, and paid for.
            await exchanges.KeepAsync(caller.Claims, Id, IsNew, messages, CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            LogMessages.ExchangeNotKept(logger, http.TraceIdentifier, Id, failure);
            return failure as OvermindException ?? new OvermindException(ErrorCode.InternalError, $"The exchange was not kept. The server's log has the reason under {http.TraceIdentifier}.");
        }
    }
}
