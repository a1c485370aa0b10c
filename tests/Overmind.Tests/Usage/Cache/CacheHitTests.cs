using Npgsql;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage.Cache;

public class CacheHitTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task Hits_are_counted_exactly_while_sixteen_write_them_and_others_count_by_hand()
    {
        var entry = await EntryAsync("hot");
        var counting = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++) await data.Requests.FindAsync<long>(Claims.Service, "select overmind.count_cache_hits(7)", [], CancellationToken.None);
        })));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var hit = 0; hit < 25; hit++) await HitAsync(entry);
            await data.DoAsync(data.Me, "update ai_response_cache set hit_count = hit_count + 1, last_hit_at = now() where cache_key = 'hot'");
        })));
        await counting;
        while (await data.Requests.FindAsync<long>(Claims.Service, "select overmind.count_cache_hits()", [], CancellationToken.None) > 0)
        {
        }

        (await data.OneAsync<long>(data.Me, "select hit_count from ai_response_cache where id = $1", entry)).ShouldBe(16 * 26);
        (await data.OneAsync<bool>(data.Me, "select last_hit_at is not null from ai_response_cache where id = $1", entry)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_has_one_look_up_however_often_it_is_written()
    {
        var (entry, id) = (await EntryAsync("once"), Guid.CreateVersion7());
        await HitAsync(entry, id);
        await HitAsync(entry, id);
        (await data.OneAsync<long>(data.Me, "select count(*) from cache_lookups where entry_id = $1", entry)).ShouldBe(1);
    }

    [Fact]
    public async Task A_hit_that_is_reported_stays_and_its_answer_goes()
    {
        var (entry, id) = (await EntryAsync("wrong"), Guid.CreateVersion7());
        await HitAsync(entry, id);

        foreach (var stranger in (Claims[])[data.First.OtherUser, data.First.Viewer, data.Second.Admin])
            (await data.OneAsync<bool>(stranger, "select overmind.report_cache_hit($1)", id)).ShouldBeFalse();
        (await data.OneAsync<bool>(data.Me, "select overmind.report_cache_hit($1)", id)).ShouldBeTrue();
        (await data.OneAsync<bool>(data.First.Admin, "select overmind.report_cache_hit($1)", id)).ShouldBeTrue("once more changes nothing");

        (await data.OneAsync<long>(data.Me, "select count(*) from ai_response_cache where id = $1", entry)).ShouldBe(0);
        (await data.OneAsync<bool>(data.Me, "select reported_at is not null and reported_by = $2 from cache_lookups where id = $1", id, data.Me.UserId)).ShouldBeTrue();
        (await data.RefusedAsync(data.Me, "update cache_lookups set reported_at = null where id = $1", id)).ShouldBe("42501");
        (await data.RefusedAsync(data.Me, "delete from cache_lookups where id = $1", id)).ShouldBe("42501");
    }

    [Fact]
    public async Task An_expired_answer_makes_room_for_its_successor_and_one_that_is_not_stays()
    {
        await EntryAsync("again");
        (await data.RefusedAsync(data.First.OtherUser, Insert, "again")).ShouldBe("23505");
        await data.Owner.ExecuteAsync("update ai_response_cache set expires_at = now() where cache_key = 'again'");
        (await data.DoAsync(data.Second.User, Insert, "again")).ShouldBe(1, "another organization has keys of its own");
        (await data.Owner.ScalarAsync<long>("select count(*) from ai_response_cache where cache_key = 'again'")).ShouldBe(2);

        (await data.DoAsync(data.First.OtherUser, Insert, "again")).ShouldBe(1);
        (await data.Owner.ScalarAsync<long>("select count(*) from ai_response_cache where cache_key = 'again'")).ShouldBe(2);
    }

    const string Insert = "insert into ai_response_cache (cache_key, model, response_content, tokens_used) values ($1, 'gpt-4-turbo', 'An answer.', 10)";

    Task<Guid> EntryAsync(string key) => data.OneAsync<Guid>(data.Me, $"{Insert} returning id", key);

    Task<int> HitAsync(Guid entry, Guid? id = null) => data.DoAsync(
        data.Me, "insert into cache_lookups (id, kind, entry_id, provider, model, tokens_saved) values ($1, 'exact', $2, 'openai', 'gpt-4-turbo', 10) on conflict do nothing",
        id ?? Guid.CreateVersion7(), entry);
}
