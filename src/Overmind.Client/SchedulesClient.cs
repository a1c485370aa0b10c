using System.Text.Json;

namespace Overmind.Client;

/// <summary>Schedules: what is to be done again and again, at a local time.</summary>
public sealed class SchedulesClient
{
    readonly ApiConnection _connection;

    internal SchedulesClient(ApiConnection connection) => _connection = connection;

    /// <param name="idempotencyKey">The same key makes it once, for 24 hours. Default: a new one.</param>
    public Task<Schedule> CreateAsync(NewSchedule schedule, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "/v1/schedules", JsonSerializer.SerializeToUtf8Bytes(schedule, ClientJson.Default.NewSchedule), idempotencyKey,
            ClientJson.Default.Schedule, cancellationToken);

    public Task<Page<Schedule>> ListAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/schedules{(page ?? new()).Query}", ClientJson.Default.PageSchedule, cancellationToken);

    public Task<Schedule> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"/v1/schedules/{id}", ClientJson.Default.Schedule, cancellationToken);

    /// <summary>Changes a schedule. When it is due next is told anew from now where that changes.</summary>
    public Task<Schedule> UpdateAsync(Guid id, ScheduleChanges changes, CancellationToken cancellationToken = default) =>
        _connection.PatchAsync(
            $"/v1/schedules/{id}", ClientJson.Changes(changes, ClientJson.Default.ScheduleChanges, changes.Clear), VersionTag.Of(changes.UnchangedSince),
            ClientJson.Default.Schedule, cancellationToken);

    /// <summary>When it is due next, in its zone's local time.</summary>
    /// <param name="limit">1 to 100. Default: 10.</param>
    /// <param name="from">Default: now.</param>
    public async Task<IReadOnlyList<DateTimeOffset>> NextRunsAsync(
        Guid id, int? limit = null, DateTimeOffset? from = null, CancellationToken cancellationToken = default) =>
        (await _connection.GetAsync(
            $"/v1/schedules/{id}/next_runs{new Query().Add("limit", limit).Add("from", from?.ToString("O"))}", ClientJson.Default.NextRuns, cancellationToken)).Runs;

    /// <summary>Stops it until it is resumed.</summary>
    public Task<Schedule> PauseAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/schedules/{id}/pause", null, null, ClientJson.Default.Schedule, cancellationToken);

    /// <summary>Lets it go on from now; what it would have done meanwhile is not missed.</summary>
    public Task<Schedule> ResumeAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.PostAsync($"/v1/schedules/{id}/resume", null, null, ClientJson.Default.Schedule, cancellationToken);

    /// <summary>Makes a job of it at once; when it is due next stays. Returns the job's id.</summary>
    public async Task<Guid> RunAsync(Guid id, CancellationToken cancellationToken = default) =>
        (await _connection.PostAsync($"/v1/schedules/{id}/run", null, null, ClientJson.Default.ScheduleRun, cancellationToken)).JobId;

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) => _connection.DeleteAsync($"/v1/schedules/{id}", cancellationToken);
}
