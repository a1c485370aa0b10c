namespace Overmind.Agents;

/// <summary>Which call a <see cref="SettlePlaygroundCall"/> settles.</summary>
/// <param name="Id">Of its row in the ledger.</param>
/// <param name="TokensInput">The prompt's tokens, estimated.</param>
sealed record SettlePlaygroundCallPayload(Guid Id, string Provider, string Model, long TokensInput);
