using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Models;

/// <summary>The organization's providers and their models, and the embedder of the installation.</summary>
public sealed class ModelsViewModel(
    ModelProviderService service, PriceService prices, RepriceService repricing, EmbeddingModels embeddings, EmbedderOptions embedder, Claims claims)
{
    readonly HashSet<Guid> testing = [];

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<ModelProvider> Providers { get; private set; } = [];

    /// <summary>Models that were called and whose price is not known.</summary>
    public IReadOnlyList<UnpricedModel> Unpriced { get; private set; } = [];

    /// <summary>Null while the providers are asked.</summary>
    public ModelList? Models { get; private set; }

    /// <summary>Null while it is opened, and when it cannot be.</summary>
    public EmbeddingModel? Embedder { get; private set; }

    /// <summary>Why there is no embedder, with what to do.</summary>
    public string? EmbedderError { get; private set; }

    /// <summary>As the configuration names it.</summary>
    public string EmbedderName => embedder.Embedder;

    public bool MayChange => claims.May(Permission.ModelsManage);

    /// <summary>Why the last change was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How the latest test of a provider came out, by its id; those that went wrong have it with themselves.</summary>
    public Dictionary<Guid, ModelProviderTest> Tests { get; } = [];

    public bool IsTesting(ModelProvider provider) => testing.Contains(provider.Id);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Providers = await service.ListAsync(claims, cancellationToken);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Asks every provider for its models, and what each costs.</summary>
    public async Task LoadModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Models = await prices.PricedAsync(claims, await service.ModelsAsync(claims, null, cancellationToken), cancellationToken);
            Unpriced = await repricing.UnpricedAsync(claims, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Models = new ModelList([], [new ModelListError("", "", Loading.Sentence(failure, "The models could not be listed. Load the page again."))]);
        }
    }

    /// <summary>Opens the embedder; one of a provider is asked for a vector when it is used for the first time.</summary>
    public async Task LoadEmbedderAsync(CancellationToken cancellationToken)
    {
        try
        {
            Embedder = await embeddings.GetAsync(cancellationToken);
        }
        catch (EmbeddingException failure)
        {
            EmbedderError = $"{failure.Message} What to do: {failure.Remedy}.";
        }
    }

    /// <summary>Connects a provider and returns it; null with <see cref="Refusal"/> when it was refused.</summary>
    public Task<ModelProvider?> ConnectAsync(ProviderForm form, CancellationToken cancellationToken) =>
        DoAsync(() => service.AddAsync(claims, form.ToProvider(), cancellationToken), cancellationToken);

    public Task SwitchAsync(ModelProvider provider, CancellationToken cancellationToken) => DoAsync(
        () => service.ChangeAsync(claims, provider.Id, new ModelProviderPatch { IsActive = !provider.IsActive }, provider.UpdatedAt, cancellationToken), cancellationToken);

    /// <summary>Gives a provider another API key.</summary>
    public Task<ModelProvider?> ReplaceKeyAsync(ModelProvider provider, string? secret, CancellationToken cancellationToken) => DoAsync(
        () => service.ChangeAsync(
            claims, provider.Id, new ModelProviderPatch { Secret = new(ProviderForm.Text(secret)) }, provider.UpdatedAt, cancellationToken), cancellationToken);

    public async Task<bool> RemoveAsync(ModelProvider provider, CancellationToken cancellationToken) => await DoAsync(
        async () =>
        {
            await service.RemoveAsync(claims, provider.Id, cancellationToken);
            return provider;
        },
        cancellationToken) is not null;

    /// <summary>Makes one small call. What goes wrong stands with the provider afterwards.</summary>
    public async Task TestAsync(ModelProvider provider, string? model, CancellationToken cancellationToken)
    {
        if (!testing.Add(provider.Id)) return;
        Refusal = null;
        Tests.Remove(provider.Id);
        try
        {
            Tests[provider.Id] = await service.TestAsync(claims, provider.Id, ProviderForm.Text(model), cancellationToken);
        }
        catch (OvermindException failure)
        {
            Refusal = $"{provider.Key}: {failure.Message}";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = $"{provider.Key} could not be tried. Try again.";
        }
        finally
        {
            testing.Remove(provider.Id);
        }

        await LoadAsync(cancellationToken);
    }

    async Task<ModelProvider?> DoAsync(Func<Task<ModelProvider>> change, CancellationToken cancellationToken)
    {
        Refusal = null;
        try
        {
            var changed = await change();
            await LoadAsync(cancellationToken);
            return changed;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "That could not be stored. Try again.");
            return null;
        }
    }
}
