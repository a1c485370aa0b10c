using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>What <c>data_retention_days</c> deletes, and what it leaves.</summary>
public class RetentionTests(RunStage stage) : IClassFixture<RunStage>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await stage.Database.ExecuteAsync("delete from conversations");
        await stage.Database.ExecuteAsync("update organizations set settings = '{}'");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Conversations_without_activity_for_so_long_go_with_everything_under_them_and_the_ledger_stays()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        var (old, young) = (await stage.ConversationAsync(), await stage.ConversationAsync());
        var (run, _) = await stage.AskAsync(model, conversation: old);
        await stage.AskAsync(model, conversation: young);
        var ledger = await LedgerAsync(run);
        await AgeAsync(old, 31);
        await AgeAsync(young, 29);
        await KeepAsync("30");

        (await ExpireAsync()).ShouldBe(1);

        (await LeftAsync()).ShouldBe([young]);
        (await stage.Database.ScalarAsync<string>(
            """
            select concat_ws(' ',
                (select count(*) from messages where conversation_id = $1), (select count(*) from workflow_runs where id = $2),
                (select count(*) from run_steps where run_id = $2), (select count(*) from run_events where run_id = $2),
                (select count(*) from synthesis_events where conversation_id = $1))
            """, old, run.Id)).ShouldBe("0 0 0 0 0");
        (await LedgerAsync(run)).ShouldBe(ledger);
    }

    [Fact]
    public async Task Deleted_messages_of_a_conversation_that_stays_are_purged_so_long_after_they_were_deleted()
    {
        var conversation = await stage.ConversationAsync();
        foreach (var text in (string[])["kept", "long gone", "just gone", "next"])
            await stage.Database.Database.ExecuteAsync(
                stage.User, "insert into messages (conversation_id, role, content) values ($1, 'user', $2)", [conversation, text], CancellationToken.None);
        await stage.Database.ExecuteAsync("update messages set deleted_at = now() - interval '31 days' where content = 'long gone'");
        await stage.Database.ExecuteAsync("update messages set deleted_at = now() - interval '29 days' where content = 'just gone'");

        await ExpireAsync();
        (await SaidAsync()).ShouldBe("kept, long gone, just gone, next", "nobody has said anything");
        await KeepAsync("30");
        await ExpireAsync();
        (await SaidAsync()).ShouldBe("kept, just gone, next");
        (await stage.Database.ScalarAsync<int>("select message_count from conversations where id = $1", conversation)).ShouldBe(2);

        Task<string> SaidAsync() => stage.Database.ScalarAsync<string>("select string_agg(content, ', ' order by seq) from messages where conversation_id = $1", conversation);
    }

    [Fact]
    public async Task Only_the_organization_that_said_so_loses_any()
    {
        var other = await TestTenant.CreateAsync(stage.Database, $"other-{Guid.CreateVersion7()}");
        var theirs = await stage.ConversationAsync(other.User);
        await AgeAsync(theirs, 400);
        await AgeAsync(await stage.ConversationAsync(), 400);

        (await ExpireAsync()).ShouldBe(0, "nobody has said anything");
        await KeepAsync("365");
        (await ExpireAsync()).ShouldBe(1);

        (await LeftAsync()).ShouldBe([theirs]);
    }

    [Fact]
    public async Task Deleted_and_archived_ones_go_too_and_one_that_somebody_holds_is_left_for_the_next_time()
    {
        foreach (var values in (string[])["status = 'deleted', deleted_at = now()", "status = 'archived', is_archived = true", "visibility = 'organization'"])
            await AgeAsync(await stage.ConversationAsync(values: values), 2);
        var held = await stage.ConversationAsync();
        await AgeAsync(held, 2);
        await KeepAsync("1");
        await using var connection = await stage.Database.Owner.OpenConnectionAsync();
        await using (await connection.BeginTransactionAsync())
        {
            await using var hold = connection.CreateCommand();
            hold.CommandText = $"select from conversations where id = '{held}' for key share";
            await hold.ExecuteNonQueryAsync();

            (await ExpireAsync()).ShouldBe(3);
        }

        (await LeftAsync()).ShouldBe([held]);
        (await ExpireAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task One_whose_run_or_replay_has_not_ended_stays()
    {
        var (waiting, replayed) = (await stage.ConversationAsync(), await stage.ConversationAsync());
        var (ended, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)), conversation: replayed);
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, waiting, "Why?", null, CancellationToken.None);
        var step = (await idle.Runs.StepsAsync(stage.User, ended.Id, CancellationToken.None))[0];
        await idle.Services.GetRequiredService<ReplayService>().CreateAsync(stage.User, ended.Id, step.Id, ModelReference.Offline, null, Guid.CreateVersion7(), CancellationToken.None);
        await AgeAsync(waiting, 2);
        await AgeAsync(replayed, 2);
        await KeepAsync("1");

        (await ExpireAsync()).ShouldBe(0);

        await stage.EndAsync(idle, run);
        await stage.Database.ExecuteAsync("update step_replays set status = 'failed', completed_at = now()");
        (await ExpireAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Many_go_in_batches()
    {
        await stage.Database.Database.ExecuteAsync(stage.User, "insert into conversations (title) select 'No. ' || n from generate_series(1, 250) as n", [], CancellationToken.None);
        await stage.Database.ExecuteAsync("update conversations set last_activity_at = now() - interval '2 days' where title <> 'No. 7'");
        await KeepAsync("1");

        (await ExpireAsync()).ShouldBe(249);

        (await LeftAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("36501")]
    [InlineData("1e300")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("true")]
    public async Task What_is_no_number_of_days_deletes_nothing(string days)
    {
        await AgeAsync(await stage.ConversationAsync(), 40_000);
        await KeepAsync(days);

        (await ExpireAsync()).ShouldBe(0);

        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        (await Settings(host).GetAsync(stage.User, CancellationToken.None)).DataRetentionDays.ShouldBeNull();
    }

    [Fact]
    public async Task An_admin_learns_how_many_it_would_concern()
    {
        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        foreach (var days in (int[])[1, 10, 100]) await AgeAsync(await stage.ConversationAsync(), days);

        (await Settings(host).PreviewRetentionAsync(stage.Tenant.Admin, 5, CancellationToken.None)).ConversationCount.ShouldBe(2);
        (await Should.ThrowAsync<OvermindException>(() => Settings(host).PreviewRetentionAsync(stage.User, 5, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Should.ThrowAsync<OvermindException>(() => Settings(host).PreviewRetentionAsync(stage.Tenant.Admin, 0, CancellationToken.None))).Code.ShouldBe(ErrorCode.InvalidValue);
    }

    static OrganizationSettingsService Settings(RunHost host) => host.Services.GetRequiredService<OrganizationSettingsService>();

    /// <summary>Does the job of the night, by a worker; returns how many it has deleted.</summary>
    async Task<long> ExpireAsync()
    {
        var job = await stage.Database.Database.FindAsync<Guid>(
            Claims.Service, """select * from overmind.enqueue_installation_jobs('[{"id": "ID", "kind": "conversations.expire", "payload": {}}]')"""
                .Replace("ID", Guid.CreateVersion7().ToString(), StringComparison.Ordinal), [], CancellationToken.None);
        await using var host = await RunHost.StartAsync(stage.Database, new FakeModel(FakeModel.Good(9.5)).Models, options: new() { Kinds = ["conversations.expire"] });
        await Poll.UntilAsync(() => stage.Database.ScalarAsync<bool>("select status = 'completed' from jobs where id = $1", job));
        return await stage.Database.ScalarAsync<long>("select (result ->> 'deleted')::bigint from jobs where id = $1", job);
    }

    Task KeepAsync(string days) => stage.Database.ExecuteAsync(
        $$"""update organizations set settings = '{"data_retention_days": {{days}}}' where slug = 'acme'""");

    Task AgeAsync(Guid conversation, int days) => stage.Database.ExecuteAsync(
        $"update conversations set last_activity_at = now() - interval '{days} days 1 minute' where id = $1", conversation);

    async Task<Guid[]> LeftAsync() => await stage.Database.ScalarAsync<Guid[]>("select array(select id from conversations order by id)");

    Task<string> LedgerAsync(Run run) => stage.Database.ScalarAsync<string>(
        "select concat_ws(' ', count(*), sum(tokens_input), sum(tokens_output), sum(cost)) from token_usage where run_id = $1", run.Id);
}
