using Microsoft.Extensions.AI;
using Overmind.Postgres;

namespace Overmind.Models;

/// <summary>
/// Makes a call that is none of a run, with a row in the ledger: reserved before it, settled after it. Registered as a service by the module above
/// that keeps such calls.
/// </summary>
/// <param name="operation">What kind of work it is, in reports of usage: <c>chat</c>, <c>memory_forming</c>.</param>
/// <param name="what">What the call is for, as the row's metadata names it.</param>
/// <param name="call">Makes it.</param>
public delegate Task<ChatResponse> LedgerCall(
    Claims claims, ModelReference model, string operation, string what, IReadOnlyList<ChatMessage> messages, Func<CancellationToken, Task<ChatResponse>> call,
    CancellationToken cancellationToken);
