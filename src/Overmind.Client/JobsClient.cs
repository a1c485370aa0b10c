using System.Text.Json;

namespace Overmind.Client;

/// <summary>Jobs: work that is done outside a request.</summary>
public sealed class JobsClient
{
    readonly ApiConnection _connection;

    internal JobsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Enqueues a job of a kind that may be enqueued from outside.</summary>
    /// <param name="idempotencyKey">The same key enqueues it once, for 24 hours. Default: a new one.</param>
    public Task<Job> EnqueueAsync(NewJob job, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/jobs", JsonSerializer.SerializeToUtf8Bytes(job, ClientJson.Default.NewJob), idempotencyKey, ClientJson.Default.Job, cancellationToken);

    public Task<Job> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/jobs/{id}", ClientJson.Default.Job, cancellationToken);

    /// <param name="filter">Default: all.</param>
    public Task<Page<Job>> ListAsync(PageRequest? page = null, JobFilter? filter = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(
            $"/v1/jobs{(page ?? new()).Query.Add("kind", filter?.Kind).Add("status", filter?.Status).Add("batch_id", filter?.BatchId).Add("unique_key", filter?.UniqueKey).Add("text", filter?.Text)}",
            ClientJson.Default.PageJob, cancellationToken);

    /// <summary>Ends a job that waits, and asks the worker of one that runs to stop it. One that has ended stays as it is.</summary>
    public Task<Job> CancelAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/jobs/{id}/cancel", null, null, ClientJson.Default.Job, cancellationToken);

    /// <summary>Makes a job that failed, was cancelled, is blocked or waits for its next attempt due at once.</summary>
    public Task<Job> RetryAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/jobs/{id}/retry", null, null, ClientJson.Default.Job, cancellationToken);

    /// <summary>Cancels all that the filter takes, up to 10,000; how many it concerned.</summary>
    public async Task<long> CancelAllAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        (await ChangeAsync("/v1/jobs/cancel", filter, cancellationToken)).Count;

    /// <summary>Retries all that the filter takes, up to 10,000; how many it concerned.</summary>
    public async Task<long> RetryAllAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        (await ChangeAsync("/v1/jobs/retry", filter, cancellationToken)).Count;

    /// <summary>Counts by kind and state, rates, times and failures.</summary>
    /// <param name="since">Default: an hour ago.</param>
    public Task<JobStats> StatsAsync(DateTimeOffset? since = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/jobs/stats{new Query().Add("since", since?.UtcDateTime.ToString("O"))}", ClientJson.Default.JobStats, cancellationToken);

    /// <summary>The workers of the installation, for admins.</summary>
    public async Task<IReadOnlyList<Worker>> WorkersAsync(CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync("/v1/workers", ClientJson.Default.PageWorker, cancellationToken)).Items;

    Task<JobChange> ChangeAsync(string path, JobFilter filter, CancellationToken cancellationToken) =>
        _connection.PostAsync(
            path, JsonSerializer.SerializeToUtf8Bytes(filter, ClientJson.Default.JobFilter), null, ClientJson.Default.JobChange, cancellationToken);
}
