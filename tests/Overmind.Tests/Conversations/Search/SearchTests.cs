using Overmind.Conversations;
using Overmind.Conversations.Search;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Search;

public class SearchTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly SearchService search = new(new SearchStore(data.Requests));

    [Fact]
    public async Task All_words_are_to_be_there_and_phrases_or_and_minus_say_otherwise()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var oak = await data.MessageAsync(data.Me, conversation, "How do I varnish an oak boat?");
        var pine = await data.MessageAsync(data.Me, conversation, "The boat is of pine; varnish it twice.", "assistant");

        (await FoundAsync("boat varnish")).ShouldBe([oak, pine], ignoreOrder: true);
        (await FoundAsync("boat \"oak boat\"")).ShouldBe([oak]);
        (await FoundAsync("oak or pine varnish")).ShouldBe([oak, pine], ignoreOrder: true);
        (await FoundAsync("varnish -oak")).ShouldBe([pine]);
        (await FoundAsync("varnish", q => q with { Role = MessageRole.Assistant })).ShouldBe([pine]);
        (await FoundAsync("steel varnish")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_result_says_where_it_is_what_matched_and_why_it_stands_there()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.DoAsync(data.Me, "update conversations set title = 'On masts' where id = $1", conversation);
        var message = await data.MessageAsync(data.Me, conversation, "The \"mizzenmast\" & others stand <b>behind</b> the mainmast.\u0002");

        var found = (await SearchAsync("mizzenmast")).Items.ShouldHaveSingleItem();
        found.Type.ShouldBe("message");
        (found.Id, found.ConversationId, found.ConversationTitle, found.Role).ShouldBe((message, conversation, "On masts", MessageRole.User));
        found.Snippet.Where(part => part.Match).Select(part => part.Text).ShouldBe(["mizzenmast"]);
        string.Concat(found.Snippet.Select(part => part.Text)).ShouldBe("mizzenmast\" & others stand  behind  the mainmast");
        found.ScoreParts.Text.ShouldBeInRange(0.01, 1);
        found.ScoreParts.Recency.ShouldBeInRange(0.99, 1.001);
        found.Score.ShouldBe(found.ScoreParts.Text * found.ScoreParts.Recency, tolerance: 1e-6);
    }

    [Fact]
    public async Task What_is_deleted_and_what_is_private_to_others_is_never_found()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var kept = await data.MessageAsync(data.Me, conversation, "A gunwale of ash");
        var deleted = await data.MessageAsync(data.Me, conversation, "A gunwale of elm");
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", deleted);

        (await FoundAsync("gunwale")).ShouldBe([kept]);
        (await FoundAsync("gunwale", caller: data.First.Admin)).ShouldBe([kept]);
        (await FoundAsync("gunwale", caller: data.First.OtherUser)).ShouldBeEmpty();
        (await FoundAsync("gunwale", caller: data.Second.Admin)).ShouldBeEmpty();

        await data.DoAsync(data.Me, "update conversations set visibility = 'organization' where id = $1", conversation);
        (await FoundAsync("gunwale", caller: data.First.OtherUser)).ShouldBe([kept]);
        (await FoundAsync("gunwale", caller: data.Second.User)).ShouldBeEmpty();

        await data.DoAsync(data.Me, "update conversations set status = 'deleted' where id = $1", conversation);
        (await FoundAsync("gunwale")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edit_is_found_by_its_new_words_alone()
    {
        var message = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "A spinnaker");
        await data.DoAsync(data.Me, "update messages set content = 'A genoa' where id = $1", message);
        (await FoundAsync("spinnaker")).ShouldBeEmpty();
        (await FoundAsync("genoa")).ShouldBe([message]);
    }

    [Fact]
    public async Task Tags_folders_and_times_narrow_a_search()
    {
        var plain = await data.ConversationAsync(data.Me);
        var filed = await data.OneAsync<Guid>(data.Me, "insert into conversations (tags, folder) values ('{wood}', 'Yard') returning id");
        await data.MessageAsync(data.Me, plain, "Caulk the seams");
        var message = await data.MessageAsync(data.Me, filed, "Caulk the deck");

        (await FoundAsync("caulk")).Count.ShouldBe(2);
        (await FoundAsync("caulk", q => q with { Tag = "wood" })).ShouldBe([message]);
        (await FoundAsync("caulk", q => q with { Folder = "Yard" })).ShouldBe([message]);
        (await FoundAsync("caulk", q => q with { ConversationId = filed })).ShouldBe([message]);
        (await FoundAsync("caulk", q => q with { CreatedAt = new TimeRange { Before = DateTimeOffset.UnixEpoch } })).ShouldBeEmpty();
        (await FoundAsync("caulk", q => q with { CreatedAt = new TimeRange { From = DateTimeOffset.UnixEpoch } })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Conversations_are_found_by_their_titles()
    {
        var mine = await data.OneAsync<Guid>(data.Me, "insert into conversations (title, tags) values ('Sextants and charts', '{sky}') returning id");
        var found = (await SearchAsync("sextants", q => q with { Type = SearchType.Conversations })).Items.ShouldHaveSingleItem();
        (found.Type, found.Id, found.ConversationId, found.Role).ShouldBe(("conversation", mine, mine, null));
        found.Snippet.ShouldBe([new SnippetPart("Sextants", true), new SnippetPart(" and charts", false)]);
        (await SearchAsync("sextants", q => q with { Type = SearchType.Conversations, Tag = "sea" })).Items.ShouldBeEmpty();
        (await SearchAsync("sextants", q => q with { Type = SearchType.Conversations }, data.First.OtherUser)).Items.ShouldBeEmpty();
        (await SearchAsync("sextants", q => q with { Type = SearchType.Conversations }, data.Second.Admin)).Items.ShouldBeEmpty();

        await data.DoAsync(data.Me, "update conversations set title = 'Octants' where id = $1", mine);
        (await SearchAsync("sextants", q => q with { Type = SearchType.Conversations })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_title_that_is_made_from_the_first_question_is_found_too()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation, "Which bollards hold a brigantine?");
        (await SearchAsync("brigantine", q => q with { Type = SearchType.Conversations })).Items.ShouldHaveSingleItem().Id.ShouldBe(conversation);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps_or_repeats()
    {
        var conversation = await data.ConversationAsync(data.Me);
        for (var i = 0; i < 23; i++)
            await data.MessageAsync(data.Me, conversation, $"Halyard {i} {string.Concat(Enumerable.Repeat("halyard ", i % 5))}");

        var whole = await FoundAsync("halyard", q => q with { Limit = 100 });
        List<Guid> read = [];
        for (SearchPage? page = null; page?.HasMore is not false;)
        {
            page = await SearchAsync("halyard", q => q with { Limit = 5, After = read.Count > 0 ? read[^1] : null });
            read.AddRange(page.Items.Select(item => item.Id));
        }

        read.ShouldBe(whole);
        whole.Count.ShouldBe(23);
    }

    [Fact]
    public async Task Of_very_many_matches_the_newest_thousand_are_put_in_order_and_the_answer_says_so()
    {
        var conversation = await data.ConversationAsync(data.Second.User);
        await data.DoAsync(
            data.Second.User,
            "insert into messages (conversation_id, role, content) select $1, 'user', case when n % 2 = 0 then 'ballast ' else 'ballast keel ' end || n from generate_series(1, 2600) n", conversation);
        var rare = await data.MessageAsync(data.Second.User, conversation, "ballast and a binnacle");
        await data.DoAsync(data.Second.User, "insert into messages (conversation_id, role, content) select $1, 'user', 'topgallant sail ' || n from generate_series(1, 2100) n", conversation);

        // Common words from the newest, rare ones by the index, and a common one that a filter makes rare.
        (await SearchAsync("ballast", caller: data.Second.User)).IsComplete.ShouldBeFalse();
        (await SearchAsync("ballast -keel", q => q with { ConversationId = conversation }, data.Second.User)).IsComplete.ShouldBeFalse();
        var binnacle = await SearchAsync("binnacle", caller: data.Second.User);
        binnacle.Items.ShouldHaveSingleItem().Id.ShouldBe(rare);
        binnacle.IsComplete.ShouldBeTrue();
        (await SearchAsync("sail", q => q with { CreatedAt = new TimeRange { Before = DateTimeOffset.UnixEpoch } }, data.Second.User)).Items.ShouldBeEmpty();
        (await FoundAsync("sail", caller: data.Second.OtherUser)).ShouldBeEmpty();

        // A phrase of many, and of those the few that another member may see.
        (await SearchAsync("\"topgallant sail\"", caller: data.Second.User)).IsComplete.ShouldBeFalse();
        var others = await data.ConversationAsync(data.Second.OtherUser);
        await data.DoAsync(
            data.Second.OtherUser, "insert into messages (conversation_id, role, content) select $1, 'user', 'topgallant sail ' || n from generate_series(1, 120) n", others);
        var few = await SearchAsync("\"topgallant sail\"", q => q with { Limit = 100 }, data.Second.OtherUser);
        (few.Items.Count, few.HasMore, few.IsComplete).ShouldBe((100, true, true));
        few.Items.ShouldAllBe(item => item.ConversationId == others);
    }

    [Theory]
    [InlineData("", "query")]
    [InlineData("…", "query")]
    [InlineData("a\0b", "query")]
    public async Task A_query_without_a_word_is_refused(string query, string param) =>
        (await Should.ThrowAsync<OvermindException>(SearchAsync(query))).Param.ShouldBe(param);

    [Fact]
    public async Task A_cursor_that_the_search_does_not_find_is_refused()
    {
        var hidden = await data.MessageAsync(data.First.OtherUser, await data.ConversationAsync(data.First.OtherUser), "A hidden cleat");
        var refused = await Should.ThrowAsync<OvermindException>(SearchAsync("cleat", q => q with { After = hidden }));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.InvalidParameter, "after"));
        (await Should.ThrowAsync<OvermindException>(SearchAsync("cleat", q => q with { Type = SearchType.Conversations, Role = MessageRole.User }))).Param.ShouldBe("role");
    }

    [Fact]
    public async Task The_longest_message_of_all_different_words_can_be_written()
    {
        var words = string.Join(' ', Enumerable.Range(100_000, 149_000));
        var message = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), words);
        (await FoundAsync("100001")).ShouldBe([message]);
    }

    async Task<List<Guid>> FoundAsync(string text, Func<SearchQuery, SearchQuery>? with = null, Claims? caller = null) =>
        [.. (await SearchAsync(text, with, caller)).Items.Select(item => item.Id)];

    Task<SearchPage> SearchAsync(string text, Func<SearchQuery, SearchQuery>? with = null, Claims? caller = null)
    {
        var query = new SearchQuery { Text = text };
        return search.SearchAsync(caller ?? data.Me, with?.Invoke(query) ?? query, CancellationToken.None);
    }
}
