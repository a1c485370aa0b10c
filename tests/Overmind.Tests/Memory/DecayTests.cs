using Overmind.Memory;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public class DecayTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly RoutineDatabase data = new(postgres);

    public ValueTask InitializeAsync() => data.InitializeAsync();

    public ValueTask DisposeAsync() => data.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(300)]
    public async Task Recency_halves_in_thirty_days_however_often_the_job_runs(int runs)
    {
        await RememberAsync("Kept", importance: 1, days: 0);
        for (var run = 1; run <= runs; run++)
            (await data.OneAsync<long>(data.First.Admin, "select overmind.prune_memories(false, 1000, now() + interval '1 hour' * $1)", 720.0 * run / runs)).ShouldBe(0);
        (await data.OneAsync<double>(
            data.Me, "select overmind.memory_recency(last_accessed_at, p_now => last_accessed_at + interval '720 hours') from memories where content = 'Kept'")).ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public async Task What_matters_little_and_was_long_not_used_is_forgotten_and_nothing_else()
    {
        await RememberAsync("Weak and old", importance: 0.3, days: 120);
        await RememberAsync("Weak and young", importance: 0.05, days: 80);
        await RememberAsync("Strong and old", importance: 1, days: 120);
        await RememberAsync("Weak, old and used", importance: 0.3, days: 120, "last_accessed_at = now()");
        await RememberAsync("Weak, old and pinned", importance: 0.3, days: 120, "pinned = true");
        await RememberAsync("Weak, old and lasting", importance: 0.3, days: 120, "decay_rate = 0");
        await RememberAsync("Skill", importance: 0.3, days: 120, type: "procedural");
        await RememberAsync("Weak, old and another's", importance: 0.3, days: 120, owner: data.First.OtherUser);

        var decay = new MemoryDecayService(new MemoryDecayStore(data.Requests));
        var preview = await decay.PruneAsync(data.Me, dryRun: true, default);
        (preview.Count, preview.DryRun).ShouldBe((1, true));
        preview.Memories.Select(m => m.Content).ShouldBe(["Weak and old"]);
        (await ForgottenAsync()).ShouldBeEmpty();

        (await decay.PruneAsync(data.Me, dryRun: false, default)).Count.ShouldBe(1);
        (await ForgottenAsync()).ShouldBe("Weak and old");
        (await decay.PruneAsync(data.First.Admin, dryRun: false, default)).Count.ShouldBe(1);
        (await ForgottenAsync()).ShouldBe("Weak and old, Weak, old and another's");
        (await decay.PruneAsync(data.First.Admin, dryRun: false, default)).Count.ShouldBe(0);

        var id = await data.OneAsync<Guid>(data.Me, "select id from memories where content = 'Weak and old'");
        (await new MemoryService(new MemoryStore(data.Requests), new MemoryVersionStore(data.Requests)).RestoreAsync(data.Me, id, default)).Content.ShouldBe("Weak and old");
    }

    [Fact]
    public async Task The_nightly_job_prunes_where_it_is_wanted_deletes_what_expired_and_purges_what_is_kept_no_longer()
    {
        await RememberAsync("Weak and old", importance: 0.3, days: 120);
        await RememberAsync("Weak and old elsewhere", importance: 0.3, days: 120, owner: data.Second.User);
        await RememberAsync("Expired", importance: 1, days: 1, "expires_at = now() - interval '1 minute'");
        await RememberAsync("Long deleted", importance: 1, days: 300, "deleted_at = now() - interval '40 days'");
        await RememberAsync("Deleted", importance: 1, days: 300, "deleted_at = now() - interval '20 days'");
        await data.Owner.ExecuteAsync(
            """update organizations set settings = '{"memory": {"prune": true}, "data_retention_days": 30}' where id = $1""", data.First.OrganizationId);

        var store = new MemoryDecayStore(data.Requests);
        (await store.OrganizationsThatPruneAsync(default)).ShouldBe([data.First.OrganizationId]);
        (await new ForgetMemories(store, new MemoryDecayService(store)).ForgetAsync(default)).ShouldBe((1, 1, 1));
        (await data.Owner.ScalarAsync<string>("select string_agg(content, ', ' order by content) from memories")).ShouldBe("Deleted, Weak and old, Weak and old elsewhere");
        (await ForgottenAsync()).ShouldBe("Deleted, Weak and old");
    }

    async Task RememberAsync(string content, double importance, int days, string change = "importance = importance", string type = "semantic", Claims? owner = null)
    {
        var id = await data.OneAsync<Guid>(
            owner ?? data.Me,
            """
            insert into memories (memory_type, content, importance, created_at, last_accessed_at, valid_from)
            values ($1, $2, $3, now() - interval '1 day' * $4, now() - interval '1 day' * $4, now() - interval '1 day' * $4)
            returning id
            """,
            type, content, importance, days);
        await data.Owner.ExecuteAsync($"update memories set {change} where id = $1", id);
    }

    Task<string> ForgottenAsync() => data.Owner.ScalarAsync<string>("select coalesce(string_agg(content, ', ' order by content), '') from memories where deleted_at is not null");
}
