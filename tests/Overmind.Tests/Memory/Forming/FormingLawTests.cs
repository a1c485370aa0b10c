namespace Overmind.Tests.Memory.Forming;

/// <summary>However often and in whatever order the same things are read, what was said last holds, and the earlier with its time; nothing is lost.</summary>
public class FormingLawTests(FormingDatabase forming) : IClassFixture<FormingDatabase>
{
    static readonly string[] Towns = ["Oslo", "Rome", "Lima"];

    [Fact]
    public async Task The_same_said_n_times_is_remembered_once()
    {
        await forming.ForgetAllAsync();
        foreach (var words in new[] { "I live in Oslo.", "Actually, I live in Oslo now!", "We decided to sail.", "we decided to  sail.", "I like tea.", "I love tea.", "I live in oslo" })
            await forming.FormAsync(await forming.SaidAsync(words));
        (await forming.HoldsAsync()).ShouldBe(["I like tea.", "I live in Oslo.", "We decided to sail."]);
        (await forming.Data.OneAsync<long>(forming.Me, "select count(*) from memories")).ShouldBe(3);
    }

    [Fact]
    public async Task In_any_order_what_was_said_last_holds_and_the_earlier_until_then()
    {
        var random = new Random(8);
        for (var round = 0; round < 25; round++)
        {
            await forming.ForgetAllAsync();
            var said = Enumerable.Range(0, random.Next(1, 7)).Select(minute => (Minute: minute, Town: Towns[random.Next(Towns.Length)])).ToArray();
            var read = said.ToArray();
            random.Shuffle(read);
            foreach (var (minute, town) in read)
                await forming.FormAsync(await forming.SaidAsync($"I live in {town}.", minute));

            var towns = said.GroupBy(s => s.Town).Select(t => (Town: t.Key, First: t.Min(s => s.Minute), Last: t.Max(s => s.Minute))).OrderBy(t => t.Last).ToArray();
            var stored = await forming.Data.Requests.ListAsync<string>(
                forming.Me,
                """
                select concat_ws(' ', m.fact_value, extract(epoch from m.valid_from - '2026-01-01 12:00Z')::integer / 60, n.fact_value, m.valid_until is null)
                from memories m
                left join memories n on n.id = m.superseded_by
                order by coalesce(m.confirmed_at, m.valid_from)
                """, [], default);
            stored.ShouldBe(
                towns.Select((t, i) => string.Join(' ', new[] { t.Town.ToLowerInvariant(), $"{t.First}", i + 1 < towns.Length ? towns[i + 1].Town.ToLowerInvariant() : null, i + 1 < towns.Length ? "f" : "t" }.OfType<string>())),
                $"{string.Join(", ", said)} read as {string.Join(", ", read)}");
        }
    }

    [Fact]
    public async Task A_contradiction_leaves_exactly_the_newest_and_the_older_with_its_time()
    {
        await forming.ForgetAllAsync();
        await forming.FormAsync(await forming.SaidAsync("I like tea.", 0));
        await forming.FormAsync(await forming.SaidAsync("We use MySQL for storage.", 1));
        await forming.FormAsync(await forming.SaidAsync("I don't like tea anymore.", 2));
        await forming.FormAsync(await forming.SaidAsync("We switched to PostgreSQL for storage.", 3));
        (await forming.HoldsAsync()).ShouldBe(["I don't like tea anymore.", "We switched to PostgreSQL for storage."]);
        (await forming.Data.OneAsync<bool>(
            forming.Me, "select bool_and(m.valid_until = n.valid_from) and count(*) = 2 from memories m join memories n on n.id = m.superseded_by where m.content in ('I like tea.', 'We use MySQL for storage.')"))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_denial_ends_what_it_names_and_nothing_else()
    {
        await forming.ForgetAllAsync();
        await forming.FormAsync(await forming.SaidAsync("I live in Oslo.", 0));
        await forming.FormAsync(await forming.SaidAsync("I don't live in Rome anymore.", 1));
        (await forming.HoldsAsync()).ShouldBe(["I live in Oslo."]);
        await forming.FormAsync(await forming.SaidAsync("I no longer live in Oslo.", 2));
        (await forming.HoldsAsync()).ShouldBe(["I no longer live in Oslo."]);
        await forming.FormAsync(await forming.SaidAsync("I moved to Lima.", 3));
        (await forming.HoldsAsync()).ShouldBe(["I moved to Lima."]);
    }

    [Fact]
    public async Task A_repeated_or_late_job_adds_nothing_twice()
    {
        await forming.ForgetAllAsync();
        var conversation = await forming.SaidAsync("I live in Oslo. We decided to sail.");
        var plan = (await forming.Store.PlanAsync(forming.Worker, conversation, default))!;
        var formed = await forming.Rules.FormAsync(forming.Worker, conversation, plan.Messages, default);

        // Two workers at once: the lease of one was lost.
        var both = await Task.WhenAll(
            forming.Store.FormAsync(forming.Worker, conversation, plan, formed, default), forming.Store.FormAsync(forming.Worker, conversation, plan, formed, default));
        both.Count(counts => counts is not null).ShouldBe(1);
        (await forming.FormAsync(conversation)).ShouldBeNull();
        (await forming.HoldsAsync()).Count.ShouldBe(2);
        (await forming.Data.OneAsync<string>(forming.Me, "select concat_ws(' ', until_seq, added, updated, superseded, confirmed) from memory_formings where conversation_id = $1", conversation))
            .ShouldBe("1 2 0 0 0");
    }

    [Fact]
    public async Task Two_conversations_of_one_member_at_once_leave_one()
    {
        await forming.ForgetAllAsync();
        var conversations = new List<Guid>();
        for (var i = 0; i < 8; i++)
            conversations.Add(await forming.SaidAsync($"I live in {Towns[i % 3]}. I like tea.", i));
        await Task.WhenAll(conversations.Select(forming.FormAsync));
        (await forming.HoldsAsync()).ShouldBe(["I like tea.", "I live in Rome."]);
    }

    [Fact]
    public async Task What_was_written_by_hand_in_the_same_words_is_that_fact_and_what_was_deleted_by_hand_is_not_learned_again_from_the_same_message()
    {
        await forming.ForgetAllAsync();
        await forming.Data.OneAsync<Guid>(forming.Me, "insert into memories (memory_type, content) values ('semantic', 'I live in Oslo.') returning id");
        await forming.FormAsync(await forming.SaidAsync("I live in Oslo."));
        var conversation = await forming.SaidAsync("I live in Rome.", 1_000_000);
        await forming.FormAsync(conversation);
        (await forming.HoldsAsync()).ShouldBe(["I live in Rome."]);

        await forming.Data.DoAsync(forming.Me, "update memories set deleted_at = now() where content = 'I live in Rome.'");
        await forming.Data.Owner.ExecuteAsync("update memory_formings set until_seq = 0 where conversation_id = $1", conversation);
        await forming.FormAsync(conversation);
        (await forming.Data.OneAsync<long>(forming.Me, "select count(*) from memories where content = 'I live in Rome.'")).ShouldBe(1);
    }
}
