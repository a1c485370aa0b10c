using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage;

/// <summary>Whose a call is: what the ledger says beside what it cost.</summary>
public sealed class AttributionTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly RoutineDatabase _data = new(postgres);
    readonly Guid _key = Guid.CreateVersion7();

    Claims Asking => _data.Me with { Origin = new RequestOrigin(null, null, "trace-1") { ApiKeyId = _key } };

    public ValueTask InitializeAsync() => _data.InitializeAsync();

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    [Fact]
    public async Task A_call_has_the_key_and_the_request_that_made_it()
    {
        (await CallAsync(Asking, "null")).ShouldBe($"{_key} trace-1 false");
        (await CallAsync(_data.Me, "null")).ShouldBe("false");
    }

    [Fact]
    public async Task A_call_of_a_run_has_those_that_asked_for_the_run_and_its_workflow()
    {
        var workflow = await _data.OneAsync<Guid>(_data.Me, "select id from workflows where key = 'general-problem-solving'");
        var run = await _data.OneAsync<Guid>(Asking, "insert into workflow_runs (workflow_id, status) values ($1, 'queued') returning id", workflow);

        (await CallAsync(_data.Me, $"'{run}'")).ShouldBe($"{_key} trace-1 general-problem-solving false");
    }

    [Fact]
    public async Task What_the_job_of_a_schedule_does_is_told_from_what_a_person_asks_for()
    {
        var scheduled = _data.Me with { Origin = new RequestOrigin(null, null, null) { IsScheduled = true } };
        var run = await _data.OneAsync<Guid>(scheduled, "insert into workflow_runs (status) values ('queued') returning id");

        (await CallAsync(_data.Me, $"'{run}'")).ShouldBe("true");
        (await CallAsync(scheduled, "null")).ShouldBe("true");
    }

    Task<string> CallAsync(Claims caller, string run) => _data.OneAsync<string>(
        caller,
        $"""
        insert into token_usage (run_id, provider, model)
        values ({run}, 'openai', 'gpt-4o')
        returning concat_ws(' ', api_key_id, trace_id, workflow_key, case when is_scheduled then 'true' else 'false' end)
        """);
}
