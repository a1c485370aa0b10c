namespace Overmind.Client;

/// <summary>Where one is signed in.</summary>
public sealed class SessionsClient
{
    readonly ApiConnection _connection;

    internal SessionsClient(ApiConnection connection) => _connection = connection;

    /// <summary>One's own that are in force.</summary>
    public Task<Page<Session>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/sessions{(page ?? new()).Query}", ClientJson.Default.PageSession, cancellationToken);

    /// <summary>Ends one at once.</summary>
    public Task RevokeAsync(Guid id, CancellationToken cancellationToken = default) => _connection.DeleteAsync($"/v1/sessions/{id}", cancellationToken);

    /// <summary>Ends all but the one that asks; returns how many.</summary>
    public async Task<int> RevokeOthersAsync(CancellationToken cancellationToken = default) =>
        (await _connection.DeleteAsync("/v1/sessions", ClientJson.Default.EndedSessions, cancellationToken)).Count;
}
