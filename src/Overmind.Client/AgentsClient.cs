using System.Text.Json;

namespace Overmind.Client;

/// <summary>Agents of the organization, and those that others have published.</summary>
public sealed class AgentsClient
{
    readonly ApiConnection _connection;

    internal AgentsClient(ApiConnection connection) => _connection = connection;

    /// <param name="idempotencyKey">The same key makes the same agent, for 24 hours. Default: a new one.</param>
    public Task<Agent> CreateAsync(NewAgent agent, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/agents", JsonSerializer.SerializeToUtf8Bytes(agent, ClientJson.Default.NewAgent), idempotencyKey, ClientJson.Default.Agent,
            cancellationToken);

    public Task<Agent> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(Path(id), ClientJson.Default.Agent, cancellationToken);

    /// <param name="active">Only those that new runs use, or do not. Default: all.</param>
    /// <param name="key">Only the agent of this key.</param>
    /// <param name="q">A text that key, name, role or goal holds.</param>
    public Task<Page<Agent>> ListAsync(
        PageRequest? page = null, bool? active = null, string? key = null, string? q = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/agents{(page ?? new()).Query.Add("active", Query.Word(active)).Add("key", key).Add("q", q)}", ClientJson.Default.PageAgent,
            cancellationToken);

    public Task<Agent> UpdateAsync(Guid id, AgentChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(id), ClientJson.Changes(changes, ClientJson.Default.AgentChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Agent, cancellationToken);

    /// <summary>Refused while the active version of a workflow uses it.</summary>
    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Brings a deleted agent back.</summary>
    public Task<Agent> RestoreAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(id)}/restore", null, null, ClientJson.Default.Agent, cancellationToken);

    /// <summary>Copies an agent of the organization, or one that another has published.</summary>
    /// <param name="key">The copy's. Default: the original's.</param>
    public Task<Agent> CopyAsync(Guid id, string? key = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(id)}/copy", JsonSerializer.SerializeToUtf8Bytes(new NewCopy(key), ClientJson.Default.NewCopy), idempotencyKey,
            ClientJson.Default.Agent, cancellationToken);

    /// <summary>What organizations of the installation have published.</summary>
    public Task<Page<PublicAgent>> ListPublicAsync(PageRequest? page = null, string? q = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/public_agents{(page ?? new()).Query.Add("q", q)}", ClientJson.Default.PagePublicAgent, cancellationToken);

    static string Path(Guid id) => $"/v1/agents/{id}";
}
