using Npgsql;
using Overmind.Errors;
using Overmind.Models.Providers;
using Overmind.Postgres;

namespace Overmind.Models;

/// <summary>An organization's providers. Every member sees them and their models; an admin connects, changes, tests and removes them.</summary>
public sealed class ModelProviderService(
    ModelProviderStore store, ProviderClients clients, ChatModels models, LedgerCall ledger, TimeProvider time)
{
    /// <summary>All of the organization, by key.</summary>
    public Task<IReadOnlyList<ModelProvider>> ListAsync(Claims claims, CancellationToken cancellationToken) =>
        store.ListAsync(claims, null, cancellationToken);

    /// <param name="createdAt">Only those that were connected then; null: whenever.</param>
    public Task<IReadOnlyList<ModelProvider>> ListAsync(Claims claims, TimeRange? createdAt, CancellationToken cancellationToken) =>
        store.ListAsync(claims, createdAt, cancellationToken);

    /// <exception cref="OvermindException"><see cref="ErrorCode.ModelProviderNotFound"/>.</exception>
    public async Task<ModelProvider> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Connects a provider. Nothing is asked of it: <see cref="TestAsync"/> does.</summary>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.KeyTaken"/>, <see cref="ErrorCode.EncryptionUnavailable"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid.
    /// </exception>
    public async Task<ModelProvider> AddAsync(Claims claims, NewModelProvider provider, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        provider.Check();
        var added = await NamingAsync(provider.EffectiveKey, () => store.InsertAsync(claims, provider, cancellationToken));
        clients.Forget();
        return added!;
    }

    /// <param name="unchangedSince">The <see cref="ModelProvider.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile, and as in <see cref="AddAsync"/>.</exception>
    public async Task<ModelProvider> ChangeAsync(
        Claims claims, Guid id, ModelProviderPatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        patch.Check();
        var (changed, exists) = await NamingAsync(patch.Key, () => store.UpdateAsync(claims, id, patch, unchangedSince, cancellationToken));
        clients.Forget();
        return changed ?? throw (exists ? Changed() : NotFound(id));
    }

    /// <summary>Removes a provider and its API key. Runs that name it fail at their next call of it.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ModelProviderNotFound"/>, also when it was removed before.</exception>
    public Task RemoveAsync(Claims claims, Guid id, CancellationToken cancellationToken) => RemoveAsync(claims, id, null, cancellationToken);

    /// <param name="unchangedSince">The <see cref="ModelProvider.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task RemoveAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        if (!await store.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw unchangedSince is not null && await store.FindAsync(claims, id, cancellationToken) is not null ? Changed() : NotFound(id);
        clients.Forget();
    }

    /// <summary>Makes one small call and notes with the provider how it came out. It costs what such a call costs, and stands in the ledger.</summary>
    /// <param name="model">Default: a cheap one of those it lists.</param>
    /// <exception cref="OvermindException">It went wrong: one of the codes that begin with <c>model_</c>.</exception>
    public async Task<ModelProviderTest> TestAsync(Claims claims, Guid id, string? model, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        var checks = new Checks();
        checks.Text("model", model, 1, 200);
        checks.ThrowIfAny();
        var provider = await GetAsync(claims, id, cancellationToken);
        if (!provider.IsActive)
            throw new OvermindException(ErrorCode.ModelUnavailable, $"The provider '{provider.Key}' is switched off. Switch it on (is_active) to test it.");
        try
        {
            var client = await clients.FindAsync(claims, provider.Key, cancellationToken) ?? throw NotFound(id);
            var (asked, latency, answer) = await ProviderTest.AskAsync(
                client, model, (asked, messages, call) => ledger(claims, new ModelReference(provider.Key, asked), "chat", "provider_test", messages, call, cancellationToken),
                time, cancellationToken);
            return new ModelProviderTest
            {
                Provider = await store.TestedAsync(claims, id, StoredTime.Now(time), null, cancellationToken) ?? throw NotFound(id),
                Model = $"{provider.Key}/{asked}",
                LatencyMs = (int)latency.TotalMilliseconds,
                Answer = answer,
            };
        }
        catch (ModelCallException failure)
        {
            // Noting it with the provider writes the row of the audit log, where it is still there.
            var noted = await store.TestedAsync(claims, id, StoredTime.Now(time), failure.Message, cancellationToken);
            throw failure.ToError(isAudited: noted is not null);
        }
    }

    /// <summary>The models of all active providers as they list them, the offline one first. All are asked together.</summary>
    /// <param name="provider">Only this one's; null: all.</param>
    public async Task<ModelList> ModelsAsync(Claims claims, string? provider, CancellationToken cancellationToken)
    {
        var keys = (await clients.KeysAsync(claims, cancellationToken)).Where(key => provider is null || key == provider);
        var lists = await Task.WhenAll(keys.Select(key => ListAsync(claims, key, cancellationToken)));
        var offline = models.OfInstallation().Where(m => provider is null || m.Provider == provider);
        return new ModelList([.. offline, .. lists.SelectMany(l => l.Models)], [.. lists.SelectMany(l => l.Errors)]);
    }

    async Task<ModelList> ListAsync(Claims claims, string key, CancellationToken cancellationToken)
    {
        try
        {
            var client = await clients.FindAsync(claims, key, cancellationToken);
            return new ModelList(client is null ? [] : await client.ListAsync(cancellationToken), []);
        }
        catch (ModelCallException failure)
        {
            return Missing(failure.Code, failure.Message);
        }
        catch (OvermindException failure) when (failure.Code is ErrorCode.EncryptionUnavailable)
        {
            return Missing(failure.Code, failure.Message);
        }

        ModelList Missing(ErrorCode code, string message) => new([], [new ModelListError(key, ErrorCatalogue.Word(code), message)]);
    }

    static async Task<T> NamingAsync<T>(string? key, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException refused) when (refused.ConstraintName == "model_providers_key_key")
        {
            throw new OvermindException(
                ErrorCode.KeyTaken, $"There is a provider '{key}' already. Choose another key, or change that one.", "key", refused);
        }
        catch (PostgresException refused) when (refused.ConstraintName == "model_providers_secret_anew")
        {
            throw new OvermindException(
                ErrorCode.MissingField, "With another base_url the API key is needed anew: send secret, too (null for none). The stored one goes to the address it was given for alone.",
                "secret", refused);
        }
    }

    static OvermindException Changed() =>
        new(ErrorCode.PreconditionFailed, "The provider has changed since the version in If-Match. Read it again.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.ModelProviderNotFound, $"There is no model provider {id}.");
}
