namespace Overmind.Client;

/// <summary>Models, as their providers list them.</summary>
public sealed class ModelsClient
{
    readonly ApiConnection _connection;

    internal ModelsClient(ApiConnection connection) => _connection = connection;

    /// <param name="provider">Only of the provider with this key. Default: of all.</param>
    public Task<ModelList> ListAsync(string? provider = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/models{new Query().Add("provider", provider)}", ClientJson.Default.ModelList, cancellationToken);
}
