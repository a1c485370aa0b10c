using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Client;

/// <summary>Model providers. All members list them; admins do the rest.</summary>
public sealed class ModelProvidersClient
{
    readonly ApiConnection _connection;

    internal ModelProvidersClient(ApiConnection connection) => _connection = connection;

    /// <summary>Connects a provider. Not repeated when the answer is lost: what brings a secret is stored nowhere to compare with.</summary>
    public Task<ModelProvider> AddAsync(NewModelProvider provider, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync(
            "/v1/model_providers", JsonSerializer.SerializeToUtf8Bytes(provider, ClientJson.Default.NewModelProvider), ClientJson.Default.ModelProvider, cancellationToken);

    /// <summary>All of the organization, by key.</summary>
    /// <param name="createdAt">Only those that were connected then. Default: whenever.</param>
    public Task<Page<ModelProvider>> ListAsync(TimeRange? createdAt = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/model_providers{(createdAt ?? new()).AddTo(new Query(), "created_at")}", ClientJson.Default.PageModelProvider, cancellationToken);

    public Task<ModelProvider> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(Path(id), ClientJson.Default.ModelProvider, cancellationToken);

    public Task<ModelProvider> UpdateAsync(Guid id, ModelProviderChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(id), ClientJson.Changes(changes, ClientJson.Default.ModelProviderChanges, changes.ClearSecret ? ["secret"] : []),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.ModelProvider, cancellationToken);

    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Makes one small call, which costs what such a call costs.</summary>
    /// <param name="model">Default: a cheap one of those it lists.</param>
    /// <exception cref="OvermindApiException">It went wrong: one of the codes that begin with <c>model_</c>.</exception>
    public Task<ModelProviderTest> TestAsync(Guid id, string? model = null, CancellationToken cancellationToken = default) =>
        _connection.PostOnceAsync(
            $"{Path(id)}/test", Encoding.UTF8.GetBytes(new JsonObject { ["model"] = model }.ToJsonString()), ClientJson.Default.ModelProviderTest, cancellationToken);

    static string Path(Guid id) => $"/v1/model_providers/{id}";
}
