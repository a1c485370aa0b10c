using Npgsql;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Agents;

public class RunRoutinesTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const string Record = """select overmind.record_run($1, $2, 10, 5, 0.5, 1, 1, 7.5, null, '[{"type": "step.started"}, {"type": "step.delta"}]')""";

    [Fact]
    public async Task Only_the_running_runs_latest_lease_passes_the_fence()
    {
        var run = await RunAsync();
        await data.DoAsync(data.Me, "update workflow_runs set status = 'running', lease_token = 7 where id = $1", run);

        (await data.OneAsync<bool>(data.Me, Record, run, 7L)).ShouldBeFalse();
        (await data.RefusedAsync(data.Me, Record, run, 6L)).ShouldBe("OV001");
        (await data.RefusedAsync(data.Me, Record, run, 8L)).ShouldBe("OV001");
        (await data.RefusedAsync(data.Me, Record, Guid.CreateVersion7(), 7L)).ShouldBe("OV001");
        await data.DoAsync(data.Me, "update workflow_runs set status = 'failed', completed_at = now() where id = $1", run);
        (await data.RefusedAsync(data.Me, Record, run, 7L)).ShouldBe("OV001");
    }

    [Fact]
    public async Task A_run_is_taken_by_the_latest_lease_and_recorded_under_it_alone()
    {
        const string End = """select overmind.record_run($1, 9, 10, 5, null, 1, 1, 7.5, '{"status": "failed", "termination_reason": "failed", "completed_at": "2026-01-01T00:00:00Z", "latency_ms": 5}', '[]')""";
        var run = await RunAsync();

        await data.DoAsync(data.Me, "select overmind.take_run($1, 7, now())", run);
        (await data.OneAsync<bool>(data.Me, Record, run, 7L)).ShouldBeFalse();
        await data.DoAsync(data.Me, "select overmind.take_run($1, 9, now())", run);
        (await data.RefusedAsync(data.Me, "select overmind.take_run($1, 8, now())", run)).ShouldBe("OV001");
        (await data.RefusedAsync(data.Me, Record, run, 7L)).ShouldBe("OV001");
        await data.DoAsync(data.Me, "update workflow_runs set cancel_requested_at = now() where id = $1", run);
        (await data.OneAsync<bool>(data.Me, Record, run, 9L)).ShouldBeTrue();
        await data.DoAsync(data.Me, End, run);
        (await data.RefusedAsync(data.Me, Record, run, 9L)).ShouldBe("OV001");
        (await data.RefusedAsync(data.Me, "select overmind.take_run($1, 10, now())", run)).ShouldBe("OV001");

        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', status, take_count, tokens_input, cost_usd, best_score, latency_ms, last_sequence) from workflow_runs where id = $1", run))
            .ShouldBe("failed 2 10 7.5 5 3");
        (await data.OneAsync<string>(data.Me, "select string_agg(sequence_number || ' ' || type, ', ' order by sequence_number) from run_events where run_id = $1", run))
            .ShouldBe("0 step.started, 1 step.delta, 2 step.started, 3 step.delta");
    }

    [Fact]
    public async Task Events_are_numbered_from_zero_without_gaps_whoever_writes_at_once()
    {
        var run = await RunAsync();
        (await data.OneAsync<long>(data.Me, """select overmind.append_run_events($1, '[{"type": "run.created", "data": {"a": 1}}, {"type": "run.started"}]')""", run)).ShouldBe(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            data.DoAsync(data.Me, """select overmind.append_run_events($1, '[{"type": "step.delta"}, {"type": "step.delta"}]')""", run)));
        (await data.RefusedAsync(data.Me, """select overmind.append_run_events($1, '[{"type": "step.delta"}, {"type": "Wrong"}]')""", run)).ShouldBe("23514");

        (await data.Requests.ListAsync<long>(data.Me, "select sequence_number from run_events where run_id = $1 order by 1", [run], default))
            .ShouldBe(Enumerable.Range(0, 42).Select(i => (long)i));
        (await data.OneAsync<string>(data.Me, "select data::text from run_events where run_id = $1 and sequence_number = 0", run)).ShouldBe("""{"a": 1}""");
    }

    [Fact]
    public async Task Streams_and_the_worker_are_woken()
    {
        var run = await RunAsync();
        await using var listener = await data.Owner.Direct.OpenConnectionAsync();
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add($"{notification.Channel} {notification.Payload}");
        await using (var listen = new NpgsqlCommand("listen run_event; listen run_cancel", listener))
            await listen.ExecuteNonQueryAsync();

        await data.DoAsync(data.Me, """select overmind.append_run_events($1, '[{"type": "run.created"}]')""", run);
        await data.DoAsync(data.Me, "update workflow_runs set cancel_requested_at = now() where id = $1", run);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!heard.Contains($"run_event {run}") || !heard.Contains($"run_cancel {run}"))
            await listener.WaitAsync(patience.Token);
    }

    [Fact]
    public async Task Agent_events_show_each_agents_step_once()
    {
        var run = await RunAsync();
        await data.DoAsync(data.Me,
            """
            insert into run_steps (run_id, step_key, phase, status, tokens_input, tokens_output, output)
            values
                ($1, '1/agent:creative', 'agent', 'succeeded', 10, 5, 'An idea'),
                ($1, '1/agent:decision', 'agent', 'running', 0, 0, null),
                ($1, '1/agent:recovery', 'agent', 'failed', 3, 0, null),
                ($1, '1/observe', 'observe', 'succeeded', 1, 1, 'x')
            """, run);

        (await data.Requests.ListAsync<string>(data.Me,
            """
            select concat_ws(' ', e.event_type, e.iteration, e.tokens_used, e.output)
            from agent_events e
            join workflow_runs r on r.question_message_id = e.message_id and r.conversation_id = e.conversation_id
            where r.id = $1
            order by e.event_type
            """, [run], default)).ShouldBe(["completed 1 15 An idea", "failed 1 3", "started 1 0"]);
    }

    async Task<Guid> RunAsync()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var question = await data.MessageAsync(data.Me, conversation);
        return await data.OneAsync<Guid>(data.Me, "insert into workflow_runs (conversation_id, question_message_id) values ($1, $2) returning id", conversation, question);
    }
}
