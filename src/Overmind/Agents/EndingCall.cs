using Overmind.Models;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>A call that is none of a run, as it is settled.</summary>
/// <param name="Id">Of its row of the ledger.</param>
sealed record EndingCall(Guid Id, ModelReference Model, CallUsage Usage);
