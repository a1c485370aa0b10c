using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Jobs;

/// <summary>Does one job: hands it to its handler and writes how it came out.</summary>
public sealed class JobRunner(JobStore store, IServiceScopeFactory scopes, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>How long a handler may take to heed its cancelled token, and the database to take a job back.</summary>
    internal static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The end that is still to be written; null when there is none.</summary>
    internal async Task<JobEnd?> RunAsync(RunningJob running)
    {
        var (job, options) = (running.Job, running.Kind.Options);
        var context = new JobContext(job, store);
        try
        {
            await HandleAsync(running, context);
            return context.IsEndRecorded || running.IsLost ? null : new JobEnd(job, context.Result?.ToJsonString(), options.KeepCompleted);
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested && !running.IsOutOfTime)
        {
            if (running.IsLost) return null;
            await EndAsync(running, token => running.IsCancelled ? store.CancelAsync(job, options.KeepCompleted, token) : store.GiveBackAsync(job, token));
        }
        catch (Exception e) when (OfSuspended(e))
        {
            // Claims pass its jobs over until it is active again; this one was at work when that was decided, which is not its fault.
            if (!running.IsLost) await EndAsync(running, token => store.GiveBackAsync(job, token));
        }
        catch (OvermindException e) when (e.Budget is not null)
        {
            if (!running.IsLost) await EndAsync(running, token => store.BlockAsync(job, e.Budget, token));
        }
        catch (Exception e)
        {
            if (running.IsLost) return null;
            var error = running.IsOutOfTime ? $"It took longer than {options.Timeout}." : e.Message;
            logger.JobFailed(e, job.Id, job.Kind, job.AttemptCount, job.MaxAttempts);
            if (job.AttemptCount < job.MaxAttempts && e is not JobFailedException)
                await EndAsync(running, token => store.RetryAsync(job, error, token));
            else
                await EndAsync(running, async token =>
                {
                    await GiveUpAsync(running, context, token);
                    await store.FailAsync(job, error, options.KeepFailed, token);
                });
        }

        return null;
    }

    async Task HandleAsync(RunningJob running, JobContext context)
    {
        using var timer = running.Kind.Options.Timeout is { } timeout
            ? time.CreateTimer(_ => running.RunOutOfTime(), null, timeout, Timeout.InfiniteTimeSpan)
            : null;
        // On the pool: a handler that never awaits would hold up the line.
        var work = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = (JobHandler)scope.ServiceProvider.GetRequiredService(running.Kind.Handler);
            await handler.HandleAsync(context, running.Token);
        });
        var ignored = new TaskCompletionSource();
        await using var stopped = running.Token.UnsafeRegister(_ => _ = time.CreateTimer(_ => ignored.TrySetResult(), null, StopTimeout, Timeout.InfiniteTimeSpan), null);
        if (await Task.WhenAny(work, ignored.Task) != work)
        {
            // It does not heed its token, and goes on without a job: what it writes with the lease is refused.
            logger.JobIgnoresCancellation(running.Job.Id, running.Job.Kind);
            throw new OperationCanceledException(running.Token);
        }

        await work;
    }

    static bool OfSuspended(Exception e) =>
        e is OvermindException { Code: ErrorCode.OrganizationSuspended } || PostgresFailure.Translate(e.GetBaseException())?.Code is ErrorCode.OrganizationSuspended;

    /// <summary>A handler whose last word fails does not keep the job from ending.</summary>
    async Task GiveUpAsync(RunningJob running, JobContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = (JobHandler)scope.ServiceProvider.GetRequiredService(running.Kind.Handler);
            await handler.GiveUpAsync(context, cancellationToken);
        }
        catch (Exception e) when (e is not Npgsql.NpgsqlException)
        {
            logger.JobGiveUpFailed(e, running.Job.Id, running.Job.Kind);
        }
    }

    /// <summary>Writes how a job ended. When that cannot be done the queue takes it back, and it is done again.</summary>
    async Task EndAsync(RunningJob running, Func<CancellationToken, Task> write)
    {
        // Also while the node stops: that is when jobs are given back.
        using var timeout = new CancellationTokenSource(StopTimeout, time);
        try
        {
            await write(timeout.Token);
        }
        catch (Exception e)
        {
            running.Claim.Doubt();
            logger.JobEndNotWritten(e, running.Job.Id, running.Job.Kind);
        }
    }
}
