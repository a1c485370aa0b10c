using Overmind.Agents.Completions;
using Overmind.Conversations.Exchanges;

namespace Overmind.Server.Openai;

/// <summary>A request to a model, and how it is answered.</summary>
/// <param name="Kept">Null: it is not kept.</param>
/// <param name="Said">What is kept of the request.</param>
sealed record ModelExchange(CompletionCall Call, ChatRequest Request, KeptConversation? Kept, IReadOnlyList<ExchangeMessage> Said, ChatJson Json);
