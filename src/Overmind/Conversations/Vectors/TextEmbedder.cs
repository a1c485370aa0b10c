using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Embeddings.Remote;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors;

/// <summary>
/// Embeds what is kept and what is looked for, by the model that the database says is the active one: of what is configured first, where there is none yet. A model on
/// this machine embeds at once; a provider's is asked through the ledger, and once for each text.
/// </summary>
public sealed class TextEmbedder
{
    /// <summary>Of a text so many characters: what models take, and more than a vector can tell.</summary>
    internal const int MostCharacters = 32_768;

    // After a migration of the embeddings, nodes know within so long; a search that comes too late says so and is asked again.
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    readonly VectorStore _store;
    readonly EmbeddingModels _models;
    readonly LedgerEmbedding? _ledger;
    readonly TimeProvider _time;
    (ActiveModel Model, long At)? _active;

    /// <param name="ledger">Null: a provider's model is not asked.</param>
    internal TextEmbedder(VectorStore store, EmbeddingModels models, LedgerEmbedding? ledger, TimeProvider time) =>
        (_store, _models, _ledger, _time) = (store, models, ledger, time);

    /// <summary>The model whose vectors are searched; null: none is, and the one that is configured cannot be opened.</summary>
    internal async ValueTask<ActiveModel?> ActiveAsync(CancellationToken cancellationToken)
    {
        if (_active is { } known && _time.GetElapsedTime(known.At) < Kept)
            return known.Model;
        var active = await _store.FindActiveAsync(cancellationToken);
        if (active is null)
        {
            try
            {
                await _store.RegisterAsync(await _models.GetAsync(cancellationToken), cancellationToken);
            }
            catch (EmbeddingException)
            {
                return null;
            }

            active = await _store.FindActiveAsync(cancellationToken);
        }

        _active = active is null ? null : (active, _time.GetTimestamp());
        return active;
    }

    /// <summary>Asks the database anew, the next time.</summary>
    internal void Forget() => _active = null;

    /// <summary>The active model as this node can use it.</summary>
    /// <exception cref="EmbeddingException">It is not configured here, or cannot be opened.</exception>
    internal async ValueTask<EmbeddingModel> OpenAsync(CancellationToken cancellationToken)
    {
        return await ActiveAsync(cancellationToken) is { } active
            ? await OpenAsync(active.Reference, active.Dimensions, active.Version, cancellationToken)
            : await _models.GetAsync(cancellationToken);
    }

    /// <summary>A model whose vectors the database has, or shall have, as this node can use it.</summary>
    /// <exception cref="EmbeddingException">It is not configured here, cannot be opened, or makes other vectors here.</exception>
    internal async ValueTask<EmbeddingModel> OpenAsync(ModelReference reference, int dimensions, string version, CancellationToken cancellationToken)
    {
        var model = await _models.FindAsync(reference, dimensions, cancellationToken);
        return model.Dimensions == dimensions && model.Version == version
            ? model
            : throw new EmbeddingException(
                $"Vectors of {reference} have {dimensions} dimensions and version {version} in the database, and {model.Dimensions} and {model.Version} here.",
                "configure the embedder as it was, or migrate the embeddings to this one");
    }

    /// <summary>The vector of what is about to be written, by a model on this machine; null where a provider's is the active one, or none can be made: a job does later.</summary>
    internal async ValueTask<StoredVector?> EmbedAtOnceAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
            return null;
        try
        {
            var model = await OpenAsync(cancellationToken);
            return IsRemote(model) ? null : new StoredVector(model.Reference, await model.Generator.GenerateVectorAsync(Cut(text), cancellationToken: cancellationToken));
        }
        catch (EmbeddingException)
        {
            return null;
        }
    }

    /// <summary>The vectors of texts, in their order.</summary>
    /// <param name="what">What they are for, as the ledger names it.</param>
    /// <exception cref="EmbeddingException">They cannot be made now.</exception>
    /// <exception cref="Errors.OvermindException"><see cref="Errors.ErrorCode.BudgetExceeded"/>: a provider may not be asked.</exception>
    internal async Task<(EmbeddingModel Model, IReadOnlyList<ReadOnlyMemory<float>> Vectors)> EmbedAsync(
        Claims claims, string what, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var model = await OpenAsync(cancellationToken);
        return (model, await EmbedAsync(claims, model, what, texts, cancellationToken));
    }

    internal async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(
        Claims claims, EmbeddingModel model, string what, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var cut = texts.Select(Cut).ToList();
        if (!IsRemote(model))
            return [.. (await model.Generator.GenerateAsync(cut, cancellationToken: cancellationToken)).Select(vector => vector.Vector)];
        if (_ledger is null)
            throw new EmbeddingException($"Calls of {model.Reference} cannot be kept in the ledger here.", "register what the library registers");
        var hashes = cut.ConvertAll(text => SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var known = await _store.FindCachedAsync(claims, model, [.. hashes], cancellationToken);
        var missing = cut.Zip(hashes).Where(each => !known.ContainsKey(Convert.ToHexString(each.Second))).DistinctBy(each => Convert.ToHexString(each.Second)).ToList();
        if (missing.Count > 0)
        {
            var made = await _ledger(claims, model, what, missing.ConvertAll(each => each.First), cancellationToken);
            if (made.FirstOrDefault(vector => vector.Length != model.Dimensions) is { IsEmpty: false } other)
                throw new EmbeddingException(
                    $"The embedder {model.Reference} sent a vector of {other.Length} dimensions where {model.Dimensions} were expected.",
                    "set the embedder's dimensions to what the model makes, or choose the model that made the vectors at hand");
            await _store.CacheAsync(claims, model.Reference, [.. missing.Select(each => each.Second)], made, cancellationToken);
            foreach (var (each, vector) in missing.Zip(made)) known[Convert.ToHexString(each.Second)] = vector;
        }

        return hashes.ConvertAll(hash => known[Convert.ToHexString(hash)]);
    }

    internal static bool IsRemote(EmbeddingModel model) => model.Generator is RemoteEmbeddingGenerator;

    // Not within a character of two halves.
    static string Cut(string text) =>
        text.Length <= MostCharacters ? text : text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
}
