using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Jobs;

/// <summary>What a new job must be like.</summary>
static class JobChecks
{
    static readonly TimeSpan MaxUniqueFor = TimeSpan.FromDays(365);

    public static void Check(NewJob job, JobKind kind)
    {
        var checks = new Checks();
        checks.Require(job.Priority is >= 0 and <= short.MaxValue, "priority", $"priority is 0 to {short.MaxValue}, not {job.Priority}.");
        checks.Require(job.MaxAttempts is null or (>= 1 and <= 1000), "max_attempts", $"max_attempts is 1 to 1000, not {job.MaxAttempts}.");
        checks.Text("unique_key", job.UniqueKey, 1, 500);
        checks.Require(
            job.UniqueFor is null || job.UniqueFor > TimeSpan.Zero && job.UniqueFor <= MaxUniqueFor, "unique_for_seconds",
            $"unique_for_seconds is more than 0 and at most {MaxUniqueFor.TotalSeconds}.");
        checks.Require(job.UniqueFor is null || job.UniqueKey is not null, "unique_for_seconds", "unique_for_seconds goes with a unique_key.");
        if (job.Retry is { } retry)
        {
            checks.Require(retry.BaseDelayMs is >= 0 and <= 86_400_000, "retry_config.base_delay_ms", $"base_delay_ms is 0 to 86400000, not {retry.BaseDelayMs}.");
            checks.Require(retry.MaxDelayMs is >= 0 and <= 86_400_000, "retry_config.max_delay_ms", $"max_delay_ms is 0 to 86400000, not {retry.MaxDelayMs}.");
            checks.Require(retry.Jitter is >= 0 and <= 1, "retry_config.jitter", $"jitter is 0 to 1, not {retry.Jitter}.");
        }

        var payload = JsonElement.Parse(job.Payload.ToJsonString());
        if (JobJson.Fault(kind.Payload, payload) is { } fault) checks.Require(false, fault.Param, fault.Detail);
        checks.ThrowIfAny();
    }
}
