using Microsoft.Extensions.Logging;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>Runs runs: takes one up where it is recorded to be, and brings it to its end.</summary>
public sealed class RunExecutor(
    RunWorkStore store, CallPrices prices, CachedModels models, NotificationListener listener, TimeProvider time, ILogger<RunExecutor> logger,
    QuestionAttachments? attachments = null)
{
    readonly NotificationSignals _cancels = new(listener, "run_cancel");

    /// <summary>
    /// To the run's end, or until it is another worker's. Whatever it throws, what is recorded is whole and the run can be taken up again.
    /// False when the run had ended, or was another's, before.
    /// </summary>
    public async Task<bool> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(job, StoredTime.Now(time), cancellationToken) is not { } work) return false;
        var snapshot = work.Snapshot();
        if (attachments is not null)
            snapshot = await attachments.WithImagesAsync(RunJob.Claims(job), snapshot, cancellationToken);
        using var execution = new RunExecution(job, work, snapshot, store, prices, models, time, logger, cancellationToken);
        using var cancels = _cancels.Register(work.Run.Id.ToString(), execution.Look);
        await execution.RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends a run that could not be brought to its end as failed with <c>internal_error</c>; its best is still shown.</summary>
    public async Task GiveUpAsync(Job job, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(job, StoredTime.Now(time), cancellationToken) is not { } work) return;
        var lost = await prices.PriceAsync(RunJob.Claims(job), [.. work.Orphans.Select(o => o.Ended)], cancellationToken);
        var record = RunRecord.First(work, lost);
        record.End(RunStatus.Failed, TerminationReason.Failed, null, RunErrors.Internal, null, null, StoredTime.Now(time));
        await store.WriteAsync(job, record, jobEnd: [], cancellationToken);
    }
}
