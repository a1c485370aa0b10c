using Microsoft.Extensions.Time.Testing;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory.Consolidation;

public class ConsolidationTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    ConsolidationService Service => new(new ConsolidationStore(data.Requests), time);

    [Theory]
    [InlineData("The boat is made of larch wood.", "The boat is made of larch.", true)]
    [InlineData("We release each Friday evening", "We release on each Friday evening.", true)]
    [InlineData("The boat is made of larch.", "The boat is not made of larch.", false)]
    [InlineData("The crew has 6 members.", "The crew has 7 members.", false)]
    [InlineData("The ship sails to Oslo in spring time.", "The ship sails to Rome in spring time.", false)]
    [InlineData("The boat is blue.", "Tea is served at four.", false)]
    [InlineData("The big old red boat of the harbour master is sold.", "The big old blue boat of the harbour master is sold.", false)]
    public void What_says_the_same_is_merged_and_what_is_only_alike_is_not(string one, string other, bool same) =>
        ConsolidationRules.Merges([Stored(one), Stored(other)]).Any().ShouldBe(same);

    [Fact]
    public async Task Near_duplicates_become_one_and_the_others_stay_superseded_with_the_tokens_saved()
    {
        await data.Owner.ExecuteAsync("delete from memory_consolidations");
        await data.Owner.ExecuteAsync("delete from memories");
        await RememberAsync("semantic", "The boat is made of larch.");
        await RememberAsync("semantic", "The boat is made of larch wood.");
        await RememberAsync("semantic", "Tea is served at four.");

        var dry = await Service.ConsolidateAsync(data.Me, dryRun: true, default);
        (dry.Merged, dry.Summarized).ShouldBe((1, 0));
        (await HoldsAsync()).Count.ShouldBe(3);
        var done = await Service.ConsolidateAsync(data.Me, dryRun: false, default);
        (done.Merged, done.TokensSaved).ShouldBe((1, dry.TokensSaved));
        (await HoldsAsync()).ShouldBe(["Tea is served at four.", "The boat is made of larch wood."]);
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', consolidation_type, cardinality(source_memories), tokens_saved > 0, model is null) from memory_consolidations"))
            .ShouldBe("merge 2 t t");
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Merged.ShouldBe(0);
    }

    [Fact]
    public async Task Events_of_a_month_that_is_past_are_summed_up_once_and_hold_again_when_one_of_them_is_deleted()
    {
        await data.Owner.ExecuteAsync("delete from memory_consolidations");
        await data.Owner.ExecuteAsync("delete from memories");
        string[] places = ["Oslo", "Rome", "Lima", "Graz", "Porto", "Kyoto"];
        foreach (var (day, place) in places.Index())
            await RememberAsync("episodic", $"They met in {place} and spoke at great length about {string.Join(", ", Enumerable.Range(0, 30).Select(i => $"{place} {i}"))}.", $"2026-03-{day + 1:00} 12:00Z");
        await RememberAsync("episodic", "They met yesterday.", "2026-05-31 12:00Z");

        var done = await Service.ConsolidateAsync(data.Me, dryRun: false, default);
        (done.Summarized, done.Merged).ShouldBe((6, 0));
        done.TokensSaved.ShouldBeGreaterThan(100);
        var held = await HoldsAsync();
        held.Count.ShouldBe(2);
        held[0].ShouldStartWith("March 2026, 6 events:\n- 1: They met in Oslo");
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', source, category, content_parts #>> '{temporal,from}' like '2026-03-01%', cardinality(related_memories)) from memories where category = 'summary'"))
            .ShouldBe("consolidation summary t 6");
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Groups.ShouldBeEmpty();

        await data.DoAsync(data.Me, "update memories set deleted_at = now() where content like 'They met in Rome%'");
        (await HoldsAsync()).Count.ShouldBe(6);
        (await data.OneAsync<bool>(data.Me, "select undone_at is not null from memory_consolidations")).ShouldBeTrue();
        // What is left is another group, and summed up anew.
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Summarized.ShouldBe(5);
    }

    [Fact]
    public async Task Events_that_say_the_same_of_three_days_become_a_fact_and_of_two_days_stay_two()
    {
        await data.Owner.ExecuteAsync("delete from memory_consolidations");
        await data.Owner.ExecuteAsync("delete from memories");
        await RememberAsync("episodic", "The crew took the early ferry across.", "2026-03-02 12:00Z");
        await RememberAsync("episodic", "The crew took the early ferry across again.", "2026-03-09 12:00Z");
        await RememberAsync("episodic", "They painted the hull.", "2026-03-02 12:00Z");
        await RememberAsync("episodic", "They painted the hull once more.", "2026-03-03 12:00Z");
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Groups.ShouldBeEmpty();

        await RememberAsync("episodic", "The crew took the early ferry across, as ever.", "2026-03-16 12:00Z");
        var done = await Service.ConsolidateAsync(data.Me, dryRun: false, default);
        (done.Abstracted, done.Merged, done.Summarized, done.TokensSaved > 0).ShouldBe((3, 0, 0, true));
        (await HoldsAsync()).ShouldBe(["The crew took the early ferry across (3 times, 2026-03-02 to 2026-03-16)", "They painted the hull once more.", "They painted the hull."]);
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', memory_type, category, source, cardinality(related_memories)) from memories where source = 'consolidation'"))
            .ShouldBe("semantic pattern consolidation 3");
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', consolidation_type, cardinality(source_memories), tokens_saved > 0) from memory_consolidations")).ShouldBe("abstract 3 t");
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Groups.ShouldBeEmpty();

        await data.DoAsync(data.Me, "update memories set deleted_at = now() where content like '%as ever.'");
        (await HoldsAsync()).Count.ShouldBe(4, "two are no pattern");
    }

    [Fact]
    public async Task Pinned_working_keyed_and_others_memories_are_left_alone()
    {
        await data.Owner.ExecuteAsync("delete from memory_consolidations");
        await data.Owner.ExecuteAsync("delete from memories");
        await data.OneAsync<Guid>(data.Me, "insert into memories (memory_type, content, pinned) values ('semantic', 'The boat is made of larch.', true) returning id");
        await RememberAsync("semantic", "The boat is made of larch wood.");
        await data.DoAsync(data.First.OtherUser, "insert into memories (memory_type, content) values ('semantic', 'The boat is made of the larch.')");
        await data.DoAsync(data.Me, "insert into memories (memory_type, content, visibility) values ('semantic', 'The boat is made of larch!', 'organization')");
        (await Service.ConsolidateAsync(data.Me, dryRun: false, default)).Groups.ShouldBeEmpty();
        (await Service.ConsolidateAsync(data.First.Admin, dryRun: false, default)).Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_writes_the_summary_where_it_is_shorter_else_the_rules_do()
    {
        await data.Owner.ExecuteAsync("delete from memory_consolidations");
        await data.Owner.ExecuteAsync("delete from memories");
        for (var day = 1; day <= 5; day++)
            await RememberAsync("episodic", $"On this day number {day} they talked for hours about the ship and its {day} sails and what they cost.", $"2026-03-0{day} 12:00Z");
        var done = await Service.ConsolidateAsync(
            data.Me, dryRun: false, (user, events) => Task.FromResult<(string, string)?>(($"They talked of {events.Count} things.", "openai/gpt-4-turbo")), default);
        done.Summarized.ShouldBe(5);
        (await HoldsAsync()).ShouldBe(["They talked of 5 things."]);
        (await data.OneAsync<string>(data.Me, "select model from memory_consolidations")).ShouldBe("openai/gpt-4-turbo");
    }

    StoredMemory Stored(string content) => new(Guid.CreateVersion7(), MemoryType.Semantic, null, content, 0.5, time.GetUtcNow());

    Task<int> RememberAsync(string type, string content, string at = "2026-03-01 12:00Z", Claims? by = null) =>
        data.DoAsync(by ?? data.Me, "insert into memories (memory_type, content, valid_from) values ($1, $2, $3::timestamptz)", type, content, at);

    async Task<IReadOnlyList<string>> HoldsAsync() =>
        await data.Requests.ListAsync<string>(data.Me, "select content from memories where deleted_at is null and valid_until is null and user_id = overmind.user_id() order by content", [], default);
}
