using Overmind.Conversations.Search;
using Overmind.Jobs;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Search;

public class SearchLanguageTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_language_finds_words_in_their_other_forms_once_the_job_has_indexed_what_was_there()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var old = await data.MessageAsync(data.Me, conversation, "Two harbours");
        (await FoundAsync("harbour")).ShouldBeEmpty();

        await SetAsync("english");
        var added = await data.MessageAsync(data.Me, conversation, "Three harbours");
        (await FoundAsync("harbour")).ShouldBe([added]);
        // As it is written, the old one is found meanwhile.
        (await FoundAsync("harbours")).ShouldBe([old, added], ignoreOrder: true);

        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from conversations where id = $1", conversation);
        await IndexAsync();
        (await FoundAsync("harbour")).ShouldBe([old, added], ignoreOrder: true);
        (await data.OneAsync<string>(data.Me, "select indexed_language from organizations where id = overmind.org_id()")).ShouldBe("english");
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from conversations where id = $1", conversation)).ShouldBe(before);
    }

    [Fact]
    public async Task What_was_there_before_the_search_is_indexed()
    {
        var message = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "A capstan");
        await data.Owner.ExecuteAsync("update messages set tsv = null");
        await data.Owner.ExecuteAsync("update organizations set indexed_language = null");
        (await FoundAsync("capstan")).ShouldBeEmpty();
        await IndexAsync();
        (await FoundAsync("capstan")).ShouldBe([message]);
    }

    [Fact]
    public async Task A_setting_that_names_no_language_counts_as_not_set()
    {
        await data.DoAsync(data.Second.Admin, """update organizations set settings = settings || '{"search_language": "klingon"}' where id = overmind.org_id()""");
        await data.MessageAsync(data.Second.User, await data.ConversationAsync(data.Second.User), "A topsail");
        (await data.OneAsync<string>(data.Second.User, "select overmind.search_language(settings) from organizations where id = overmind.org_id()")).ShouldBe("simple");
    }

    [Fact]
    public async Task Every_language_of_the_settings_is_one_of_the_databases()
    {
        foreach (var language in Enum.GetValues<SearchLanguage>().Select(LowerSnake.Write))
            (await data.OneAsync<string>(data.Me, """select overmind.search_language(jsonb_build_object('search_language', $1))""", language)).ShouldBe(language);
        (await data.Owner.ScalarAsync<long>("select count(*) from pg_ts_config where cfgnamespace = 'pg_catalog'::regnamespace"))
            .ShouldBeGreaterThanOrEqualTo(Enum.GetValues<SearchLanguage>().Length);
    }

    async Task SetAsync(string language) => await data.DoAsync(
        data.First.Admin, "update organizations set settings = settings || jsonb_build_object('search_language', $1) where id = overmind.org_id()", language);

    Task IndexAsync() => new IndexTexts(new IndexStore(data.Requests)).HandleAsync(new NoPayload(), null!, CancellationToken.None);

    async Task<List<Guid>> FoundAsync(string text) =>
        [.. (await new SearchService(new SearchStore(data.Requests)).SearchAsync(data.Me, new SearchQuery { Text = text }, CancellationToken.None)).Items.Select(item => item.Id)];
}
