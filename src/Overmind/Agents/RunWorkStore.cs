using System.Buffers.Binary;
using Npgsql;
using Overmind.Conversations.Moderation;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage.Budgets;

namespace Overmind.Agents;

/// <summary>How a worker takes up a run and records it. Each method is one transaction under the run's fence.</summary>
public sealed class RunWorkStore(Database database, Moderator? moderator = null)
{
    internal const string FencedOff = "OV001";

    /// <summary>How far the clocks of nodes may differ, where ids bound what is read.</summary>
    static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    /// <summary>Takes the run for the job's claim and reads what is recorded of it; null when it has ended or is another's.</summary>
    internal async Task<RunWork?> TakeAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var runId = RunJob.RunId(job);
        try
        {
            // One that a crash of the database undoes was told to nobody, and its lease is gone with it; the first record waits for the disk.
            await using var results = await database.SendAsync(
                RunJob.Claims(job),
                [
                    RunStatements.Take(runId, job.LeaseToken, now),
                    new($"{RunRow.Select} where r.id = $1", runId),
                    new("select answer_message_id, snapshot::text from workflow_runs where id = $1", runId),
                    new($"{StepRow.Select} where s.run_id = $1 order by s.id", runId, Earliest(runId)),
                ],
                waitsForDisk: false,
                cancellationToken);
            var taken = (await results.FindAsync<TakenRow>())!;
            var run = (await results.FindAsync<RunRow>())!.ToRun();
            var given = (await results.FindAsync<GivenRow>())!;
            var steps = (await results.ListAsync<StepRow>()).Select(row => (Row: row, Step: row.ToStep())).ToList();
            return new RunWork
            {
                Run = run,
                IsResumed = taken.IsResumed,
                Attempt = taken.Attempt,
                AnswerMessageId = given.AnswerMessageId,
                SnapshotJson = given.Snapshot,
                Steps = [.. steps.Select(s => s.Step)],
                Orphans =
                [
                    .. steps.Where(s => s.Row.ReservedTokens is not null)
                        .Select(s => new OrphanedAttempt(s.Step, s.Row.ReservedTokens!.Value, s.Row.Streamed ?? "")),
                ],
            };
        }
        catch (PostgresException e) when (e.SqlState == FencedOff)
        {
            return null;
        }
    }

    /// <summary>Writes a record.</summary>
    /// <param name="jobEnd">The job's end, when it is to happen with the record.</param>
    internal async Task<RunWriteResult> WriteAsync(Job job, RunRecord record, IReadOnlyList<Statement> jobEnd, CancellationToken cancellationToken)
    {
        List<Statement> statements = [.. record.Statements(job.LeaseToken), .. jobEnd];
        var claims = RunJob.Claims(job);
        var verdict = moderator is not null && record.Answer is { } answer ? await moderator.JudgeAsync(claims, answer, null, cancellationToken) : null;
        try
        {
            await using var results = await database.SendAsync(claims.With(verdict), statements, cancellationToken);
            var cancelRequested = await results.FindAsync<bool>();
            var reserved = record.Reserves ? await results.ListAsync(row => (StepId: row.GetGuid(0), Block: BudgetBlockRow.Read(row, 2))) : [];
            await results.CompleteAsync();
            return new RunWriteResult(Written: true, cancelRequested, [.. reserved.Where(r => r.Block is not null).Select(r => (r.StepId, r.Block!))]);
        }
        catch (PostgresException e) when (e.SqlState == FencedOff)
        {
            return new RunWriteResult(Written: false, CancelRequested: false, []);
        }
    }

    /// <summary>The lowest id that a ledger row of the run can have.</summary>
    static Guid Earliest(Guid runId)
    {
        Span<byte> id = stackalloc byte[16];
        runId.TryWriteBytes(id, bigEndian: true, out _);
        var milliseconds = (BinaryPrimitives.ReadInt64BigEndian(id) >> 16) - (long)ClockSkew.TotalMilliseconds;
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        return new Guid(id, bigEndian: true);
    }

    sealed record TakenRow
    {
        public bool IsResumed { get; init; }

        public int Attempt { get; init; }
    }

    sealed record GivenRow
    {
        public Guid AnswerMessageId { get; init; }

        public string Snapshot { get; init; } = "";
    }

    sealed record StepRow
    {
        public const string Select = """
            select
                s.id, s.step_key, s.iteration, s.phase, s.agent_id, s.agent_key, s.agent_name, s.provider, s.model, s.status, s.attempt,
                s.is_sent_back, s.output, s.error_message, s.error_code, s.tokens_input, s.tokens_output, s.cost_usd, s.is_estimated, s.latency_ms,
                coalesce((s.metadata ->> 'failures')::integer, 0) as failures,
                (u.metadata ->> 'estimated_tokens_input')::bigint as reserved_tokens, s.delegation::text as delegation,
                case when u.id is not null then (
                    select string_agg(e.data ->> 'delta', '' order by e.sequence_number)
                    from run_events e
                    where e.organization_id = s.organization_id and e.run_id = s.run_id and e.step_id = s.id and e.type = 'step.delta') end as streamed
            from run_steps s
            left join token_usage u
                on u.organization_id = s.organization_id and u.run_id = s.run_id and u.step_id = s.id and u.attempt = s.attempt
                    and u.status = 'reserved' and u.id >= $2
            """;

        public Guid Id { get; init; }

        public string StepKey { get; init; } = "";

        public int Iteration { get; init; }

        public string Phase { get; init; } = "";

        public Guid? AgentId { get; init; }

        public string? AgentKey { get; init; }

        public string? AgentName { get; init; }

        public string Provider { get; init; } = "";

        public string Model { get; init; } = "";

        public string Status { get; init; } = "";

        public int Attempt { get; init; }

        public bool IsSentBack { get; init; }

        public string? Output { get; init; }

        public string? ErrorMessage { get; init; }

        public string? ErrorCode { get; init; }

        public long TokensInput { get; init; }

        public long TokensOutput { get; init; }

        public decimal? CostUsd { get; init; }

        public bool IsEstimated { get; init; }

        public int? LatencyMs { get; init; }

        public int Failures { get; init; }

        public string? Delegation { get; init; }

        public long? ReservedTokens { get; init; }

        public string? Streamed { get; init; }

        public StepState ToStep() => new()
        {
            Id = Id,
            StepKey = StepKey,
            Iteration = Iteration,
            Phase = LowerSnake.Read<StepPhase>(Phase)!.Value,
            Agent = AgentId is { } agent ? new StepAgent(agent, AgentKey ?? "", AgentName ?? "") : null,
            Model = new ModelReference(Provider, Model),
            Status = LowerSnake.Read<StepStatus>(Status)!.Value,
            Attempt = Attempt,
            SentBack = IsSentBack,
            Failures = Failures,
            Output = Output,
            ErrorMessage = ErrorMessage,
            ErrorCode = ErrorCode,
            TokensInput = TokensInput,
            TokensOutput = TokensOutput,
            CostUsd = CostUsd,
            IsEstimated = IsEstimated,
            LatencyMs = LatencyMs,
            Delegation = DelegationJson.Read(Delegation),
            HasDeltas = Streamed is not null,
        };
    }
}
