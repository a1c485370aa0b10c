using System.Text;
using System.Text.Json;

namespace Overmind.Client;

/// <summary>Workflows of the organization and their versions, and those that others have published.</summary>
public sealed class WorkflowsClient
{
    readonly ApiConnection _connection;

    internal WorkflowsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Makes a workflow: version 1, active.</summary>
    /// <param name="idempotencyKey">The same key makes the same workflow, for 24 hours. Default: a new one.</param>
    public Task<Workflow> CreateAsync(NewWorkflow workflow, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/workflows", JsonSerializer.SerializeToUtf8Bytes(workflow, ClientJson.Default.NewWorkflow), idempotencyKey,
            ClientJson.Default.Workflow, cancellationToken);

    /// <param name="version">Default: the active one, else the newest.</param>
    public Task<Workflow> GetAsync(string key, int? version = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(version is { } number ? Path(key, number) : Path(key), ClientJson.Default.Workflow, cancellationToken);

    /// <param name="active">Only active versions, or only others. Default: all.</param>
    /// <param name="key">Only the versions of this key.</param>
    /// <param name="q">A text that key, name, description or category holds.</param>
    /// <param name="sort"><c>created</c> (default), <c>rating</c>, <c>usage</c>, <c>category</c> or <c>name</c>.</param>
    public Task<Page<Workflow>> ListAsync(
        PageRequest? page = null, bool? active = null, string? key = null, string? category = null, string? q = null, string? sort = null,
        CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            "/v1/workflows" + (page ?? new()).Query.Add("active", Query.Word(active)).Add("key", key).Add("category", category).Add("q", q).Add("sort", sort),
            ClientJson.Default.PageWorkflow, cancellationToken);

    /// <summary>Makes the next version, a draft.</summary>
    /// <param name="from">The version it begins as. Default: the active one.</param>
    public Task<Workflow> AddVersionAsync(
        string key, WorkflowChanges? changes = null, int? from = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        changes ??= new();
        var body = JsonSerializer.SerializeToNode(changes, ClientJson.Default.WorkflowChanges)!.AsObject();
        foreach (var member in changes.Clear)
            body[member] = null;
        if (from is not null)
            body["from"] = from;
        return _connection.PostAsync(
            $"{Path(key)}/versions", Encoding.UTF8.GetBytes(body.ToJsonString()), idempotencyKey, ClientJson.Default.Workflow, cancellationToken);
    }

    /// <summary>Changes a version: its labels at any time, what runs do by it while it is a draft.</summary>
    public Task<Workflow> UpdateAsync(string key, int version, WorkflowChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            Path(key, version), ClientJson.Changes(changes, ClientJson.Default.WorkflowChanges, changes.Clear),
            VersionTag.Of(changes.UnchangedSince), ClientJson.Default.Workflow, cancellationToken);

    /// <summary>Makes a version the one that new runs use. To roll back, activate an older one.</summary>
    public Task<Workflow> ActivateAsync(string key, int version, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(key, version)}/activate", null, null, ClientJson.Default.Workflow, cancellationToken);

    public Task<WorkflowDiff> DiffAsync(string key, int from, int to, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path(key)}/diff?from={from}&to={to}", ClientJson.Default.WorkflowDiff, cancellationToken);

    /// <summary>Gives the caller's rating of the active version, or changes it.</summary>
    /// <param name="rating">1 to 5.</param>
    public Task<Workflow> RateAsync(string key, int rating, CancellationToken cancellationToken = default) =>
        _connection.PutAsync(
            $"{Path(key)}/rating", JsonSerializer.SerializeToUtf8Bytes(new NewRating(rating), ClientJson.Default.NewRating),
            ClientJson.Default.Workflow, cancellationToken);

    /// <summary>Deletes a workflow with all its versions.</summary>
    /// <param name="unchangedSince">Only if its active version, else its newest, was last changed then (its <c>UpdatedAt</c>), else a refusal. Default: however it is.</param>
    public Task DeleteAsync(string key, DateTimeOffset? unchangedSince = null, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(Path(key), unchangedSince, cancellationToken);

    /// <summary>Brings a deleted workflow back.</summary>
    public Task<Workflow> RestoreAsync(string key, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"{Path(key)}/restore", null, null, ClientJson.Default.Workflow, cancellationToken);

    /// <summary>What organizations of the installation have published.</summary>
    public Task<Page<PublicWorkflow>> ListPublicAsync(PageRequest? page = null, string? q = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/public_workflows{(page ?? new()).Query.Add("q", q)}", ClientJson.Default.PagePublicWorkflow, cancellationToken);

    /// <summary>Copies a published workflow, and those of its agents that the organization has no copy of.</summary>
    /// <param name="key">The copy's. Default: the original's.</param>
    public Task<Workflow> CopyAsync(Guid publicId, string? key = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            $"/v1/public_workflows/{publicId}/copy", JsonSerializer.SerializeToUtf8Bytes(new NewCopy(key), ClientJson.Default.NewCopy), idempotencyKey,
            ClientJson.Default.Workflow, cancellationToken);

    static string Path(string key) => $"/v1/workflows/{Uri.EscapeDataString(key)}";

    static string Path(string key, int version) => $"{Path(key)}/versions/{version}";
}
