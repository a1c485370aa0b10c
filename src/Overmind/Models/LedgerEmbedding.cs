using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Models;

/// <summary>
/// Has a provider embed texts, with a row in the ledger: reserved before it, within the organization's budgets, and settled after it. Registered as a service by the
/// module above that keeps such calls.
/// </summary>
/// <param name="what">What the call is for, as the row's metadata names it.</param>
delegate Task<IReadOnlyList<ReadOnlyMemory<float>>> LedgerEmbedding(
    Claims claims, EmbeddingModel model, string what, IReadOnlyList<string> texts, CancellationToken cancellationToken);
