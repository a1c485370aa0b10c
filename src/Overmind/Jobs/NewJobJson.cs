using System.Text.Json.Nodes;

namespace Overmind.Jobs;

/// <summary>New jobs as the array of objects that the queue's statements take; what is not said is left to the columns' defaults.</summary>
static class NewJobJson
{
    public static string Write(IReadOnlyList<NewJob> jobs, JobKindOptions? options) =>
        new JsonArray([.. jobs.Select(job => (JsonNode)Write(job, options))]).ToJsonString();

    public static JsonObject Write(JobRetry retry) => new()
    {
        ["strategy"] = LowerSnake.Write(retry.Strategy),
        ["base_delay_ms"] = retry.BaseDelayMs,
        ["max_delay_ms"] = retry.MaxDelayMs,
        ["jitter"] = retry.Jitter,
    };

    static JsonObject Write(NewJob job, JobKindOptions? options)
    {
        var json = new JsonObject { ["id"] = job.Id, ["kind"] = job.Kind, ["payload"] = job.Payload.DeepClone(), ["priority"] = job.Priority };
        if (job.RunAt is { } at) json["run_at"] = at.UtcDateTime.ToString("O");
        if (job.UniqueKey is not null) json["unique_key"] = job.UniqueKey;
        if (job.UniqueFor is { } window) json["unique_for"] = $"{window.TotalMilliseconds:F0} milliseconds";
        if ((job.MaxAttempts ?? options?.MaxAttempts) is { } attempts) json["max_attempts"] = attempts;
        if ((job.Retry ?? options?.Retry) is { } retry) json["retry_config"] = Write(retry);
        if (options is not null) json["retry_when_lost"] = options.RetryWhenLost;
        if (job.BatchId is { } batch) json["batch_id"] = batch;
        if (job.Metadata is not null) json["metadata"] = job.Metadata.DeepClone();
        return json;
    }
}
