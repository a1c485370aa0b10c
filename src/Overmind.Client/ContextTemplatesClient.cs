using System.Text.Json;

namespace Overmind.Client;

/// <summary>Context templates: what conversations may begin with.</summary>
public sealed class ContextTemplatesClient
{
    readonly ApiConnection _connection;

    internal ContextTemplatesClient(ApiConnection connection) => _connection = connection;

    /// <param name="idempotencyKey">The same key makes the same template, for 24 hours. Default: a new one.</param>
    public Task<ContextTemplate> CreateAsync(NewContextTemplate template, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/context_templates", JsonSerializer.SerializeToUtf8Bytes(template, ClientJson.Default.NewContextTemplate), idempotencyKey,
            ClientJson.Default.ContextTemplate, cancellationToken);

    public Task<ContextTemplate> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(Path(id), ClientJson.Default.ContextTemplate, cancellationToken);

    /// <param name="name">Only the template of this name.</param>
    /// <param name="useCase">Only those made for it.</param>
    /// <param name="agentType">Only those made for it.</param>
    /// <param name="q">A text that name or description holds.</param>
    public Task<Page<ContextTemplate>> ListAsync(
        PageRequest? page = null, string? name = null, string? useCase = null, string? agentType = null, string? q = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/context_templates{(page ?? new()).Query.Add("name", name).Add("use_case", useCase).Add("agent_type", agentType).Add("q", q)}",
            ClientJson.Default.PageContextTemplate, cancellationToken);

    /// <summary>Changes a template. Another wording is another version; the earlier one stays to be read and used.</summary>
    public Task<ContextTemplate> UpdateAsync(Guid id, ContextTemplateChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(id), ClientJson.Changes(changes, ClientJson.Default.ContextTemplateChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.ContextTemplate, cancellationToken);

    /// <param name="unchangedSince">Only if it was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(Guid id, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(id), unchangedSince, cancellationToken);

    /// <summary>Brings a deleted template back.</summary>
    public Task<ContextTemplate> RestoreAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(id)}/restore", null, null, ClientJson.Default.ContextTemplate, cancellationToken);

    /// <summary>The wordings of a template, the current one included.</summary>
    public Task<Page<ContextTemplateVersion>> ListVersionsAsync(Guid id, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(id)}/versions{(page ?? new()).Query}", ClientJson.Default.PageContextTemplateVersion, cancellationToken);

    /// <summary>What a template says with values in their places. Nothing is kept of it.</summary>
    public Task<RenderedTemplate> RenderAsync(Guid id, TemplateRendering? rendering = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"{Path(id)}/render", JsonSerializer.SerializeToUtf8Bytes(rendering ?? new(), ClientJson.Default.TemplateRendering), null,
            ClientJson.Default.RenderedTemplate, cancellationToken);

    static string Path(Guid id) => $"/v1/context_templates/{id}";
}
