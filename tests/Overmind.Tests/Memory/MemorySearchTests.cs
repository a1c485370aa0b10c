using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Memory;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Memory;

public sealed class MemorySearchTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>, IDisposable
{
    readonly EmbeddingModels models = new(new EmbedderOptions(), TimeProvider.System);

    TextEmbedder Embedder => new(new VectorStore(data.Requests), models, null, TimeProvider.System);

    MemorySearchStore Store => new(data.Requests);

    MemoryService Memories => new(new MemoryStore(data.Requests), new MemoryVersionStore(data.Requests), Embedder);

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task A_memory_is_found_by_what_it_means_with_the_reasons()
    {
        var cat = await RememberAsync("Pets: Erik has a kitten called Freya");
        await RememberAsync("Boat: the mast is of spruce");
        var page = await SearchAsync("Does he keep a cat?");
        var hit = page.Items[0];
        hit.Memory.Id.ShouldBe(cat);
        (hit.ScoreParts.VectorRank, hit.ScoreParts.Importance, page.Vector).ShouldBe((1, 0.5, VectorUse.Used));
        hit.ScoreParts.Recency.ShouldBe(1, 0.01);
        (await SearchAsync("kitten Freya")).Items[0].ScoreParts.Words.ShouldBe(["kitten", "freya"]);
    }

    [Fact]
    public async Task What_is_over_gone_or_anothers_is_not_found()
    {
        var now = await RememberAsync("Mooring: pier nine");
        var was = await RememberAsync("Mooring: pier four");
        var deleted = await RememberAsync("Mooring: pier five");
        var expired = await RememberAsync("Mooring: pier six");
        await data.DoAsync(data.Me, "update memories set superseded_by = $2, valid_from = now() - interval '2 days', valid_until = now() - interval '1 day' where id = $1", was, now);
        await data.DoAsync(data.Me, "update memories set deleted_at = now() where id = $1", deleted);
        await data.DoAsync(data.Me, "update memories set expires_at = now() - interval '1 second' where id = $1", expired);

        (await FoundAsync("mooring pier")).ShouldBe([now]);
        (await SearchAsync(new MemoryQuery { Text = "mooring pier", AsOf = TimeProvider.System.GetUtcNow().AddHours(-36) })).Items.Select(hit => hit.Memory.Id).ShouldBe([was]);
        (await FoundAsync("mooring pier", data.First.OtherUser)).ShouldBeEmpty();
        (await FoundAsync("mooring pier", data.First.Admin)).ShouldBe([now]);
        (await FoundAsync("mooring pier", data.Second.Admin)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_conversation_no_longer_says_is_not_remembered()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var first = await data.MessageAsync(data.Me, conversation, "Where do you winter?");
        var message = await data.MessageAsync(data.Me, conversation, "In Tromsø.");
        var memory = await RememberAsync("Winter quarters: Tromsø", message);
        (await FoundAsync("winter quarters")).ShouldBe([memory]);

        await data.Owner.ExecuteAsync("update messages set moderation_status = 'blocked' where id = $1", message);
        (await FoundAsync("winter quarters")).ShouldBeEmpty();
        await data.Owner.ExecuteAsync("update messages set moderation_status = null where id = $1", message);
        (await FoundAsync("winter quarters")).ShouldBe([memory]);

        // Asked again: the answer's branch is left.
        var branch = await data.OneAsync<int>(data.Me, "select overmind.branch_for_reply($1, $2)", conversation, first);
        await data.DoAsync(data.Me, "insert into messages (conversation_id, role, content, parent_message_id, branch) values ($1, 'user', 'In Bergen.', $2, $3)", conversation, first, branch);
        await data.DoAsync(data.Me, "update conversations set active_branch = $2 where id = $1", conversation, branch);
        (await FoundAsync("winter quarters")).ShouldBeEmpty();
        await data.DoAsync(data.Me, "update conversations set active_branch = 0 where id = $1", conversation);
        (await FoundAsync("winter quarters")).ShouldBe([memory]);
    }

    [Fact]
    public async Task Filters_narrow_a_search()
    {
        var plain = await RememberAsync("Rigging: the shroud is of steel");
        var tagged = await Memories.CreateAsync(data.Me, new NewMemory
        {
            Id = Guid.CreateVersion7(),
            MemoryType = MemoryType.Procedural,
            Content = "Tune a shroud\nLoosen it\nTighten it",
            Tags = ["boat", "spring"],
            Category = "how-to",
            Metadata = JsonSerializer.SerializeToElement(new { yard = new { berth = 4 } }),
            OwnerType = MemoryOwner.User,
        }, CancellationToken.None);

        (await FoundAsync("shroud")).ShouldBe([plain, tagged.Memory.Id], ignoreOrder: true);
        var query = new MemoryQuery { Text = "shroud" };
        foreach (var narrow in (MemoryQuery[])[
            query with { MemoryTypes = [MemoryType.Procedural] },
            query with { Tags = ["spring"] },
            query with { Category = "how-to" },
            query with { Metadata = JsonSerializer.SerializeToElement(new { yard = new { berth = 4 } }) }])
            (await SearchAsync(narrow)).Items.Select(hit => hit.Memory.Id).ShouldBe([tagged.Memory.Id]);
        (await SearchAsync(query with { Tags = ["spring", "boat", "x"] })).Items.ShouldBeEmpty();
        (await SearchAsync(query with { OwnerId = Guid.CreateVersion7() })).Items.ShouldBeEmpty();
        (await SearchAsync(query with { DatastoreId = Guid.CreateVersion7() })).Items.ShouldBeEmpty();
        (await SearchAsync(query with { CreatedAt = new TimeRange { Before = TimeProvider.System.GetUtcNow().AddDays(-1) } })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_filter_cannot_say_more_than_it_is()
    {
        await RememberAsync("Rudder: of oak");
        const string quotes = "x') or true or t.category = ('x\\";
        (await SearchAsync(new MemoryQuery { Text = "rudder", Category = quotes, Tags = [quotes] })).Items.ShouldBeEmpty();
        (await SearchAsync(new MemoryQuery { Text = "rudder'); drop table memories; -- \\ ' \" :* & | !" })).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_was_found_counts_as_used_once_it_is_folded()
    {
        var memory = await RememberAsync("Stove: burns paraffin");
        await SearchAsync("stove paraffin");
        await SearchAsync("stove paraffin");
        (await UsesAsync(memory)).ShouldBe(0);
        await new CountMemoryUses(Store).HandleAsync(new NoPayload(), null!, CancellationToken.None);
        (await UsesAsync(memory)).ShouldBe(2);
        await new CountMemoryUses(Store).HandleAsync(new NoPayload(), null!, CancellationToken.None);
        (await UsesAsync(memory)).ShouldBe(2);
    }

    [Fact]
    public async Task More_than_are_compared_one_by_one_are_found_by_the_indexes()
    {
        var claims = data.Second.User;
        // 2,400 memories of one tenant, of which few are of wood.
        await data.DoAsync(claims, "insert into memories (memory_type, content) select 'semantic', 'Entry ' || i || ': the ledger of day ' || i from generate_series(1, 2400) as i");
        await data.DoAsync(claims, "insert into memories (memory_type, content) values ('semantic', 'Timber: larch is what planks are sawn from')");
        await new EmbedTexts(new VectorStore(data.Requests), Embedder, new EmbedderOptions(), NullLogger<EmbedTexts>.Instance).HandleAsync(new NoPayload(), null!, CancellationToken.None);
        await data.Owner.ExecuteAsync("analyze memories");
        foreach (var mode in Enum.GetValues<SearchMode>())
            (await SearchAsync(new MemoryQuery { Text = "larch planks of timber", Mode = mode }, claims)).Items[0].Memory.Content.ShouldStartWith("Timber");
        (await SearchAsync(new MemoryQuery { Text = "ledger" }, claims)).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public async Task Bad_queries_name_the_member()
    {
        await RememberAsync("Bilge: pumped dry");
        (await RefusedAsync(new MemoryQuery { Text = "" })).Param.ShouldBe("query");
        (await RefusedAsync(new MemoryQuery { Text = new string('a', 2001) })).Param.ShouldBe("query");
        (await RefusedAsync(new MemoryQuery { Text = "a", Limit = 101 })).Param.ShouldBe("limit");
        (await RefusedAsync(new MemoryQuery { Text = "a", Weights = new SearchWeights { Text = double.NaN } })).Param.ShouldBe("weights.text");
        (await RefusedAsync(new MemoryQuery { Text = "a", Metadata = JsonSerializer.SerializeToElement(1) })).Param.ShouldBe("metadata");
        (await RefusedAsync(new MemoryQuery { Text = "bilge", After = Guid.CreateVersion7() })).Param.ShouldBe("after");
    }

    async Task<Guid> RememberAsync(string content, Guid? message = null) => (await Memories.CreateAsync(
        data.Me,
        new NewMemory { Id = Guid.CreateVersion7(), MemoryType = MemoryType.Semantic, Content = content, OwnerType = MemoryOwner.User, SourceMessageId = message },
        CancellationToken.None)).Memory.Id;

    Task<MemorySearchPage> SearchAsync(MemoryQuery query, Claims? caller = null) =>
        new MemorySearchService(Store, new QueryEmbedder(Embedder, NullLogger<QueryEmbedder>.Instance)).SearchAsync(caller ?? data.Me, query, CancellationToken.None);

    Task<MemorySearchPage> SearchAsync(string text) => SearchAsync(new MemoryQuery { Text = text });

    // By words, so that nothing is found for being a little like it.
    async Task<List<Guid>> FoundAsync(string text, Claims? caller = null) =>
        [.. (await SearchAsync(new MemoryQuery { Text = text, Mode = SearchMode.Text }, caller)).Items.Select(hit => hit.Memory.Id)];

    async Task<OvermindException> RefusedAsync(MemoryQuery query) => await Should.ThrowAsync<OvermindException>(() => SearchAsync(query));

    Task<long> UsesAsync(Guid memory) => data.OneAsync<long>(data.Me, "select access_count from memories where id = $1", memory)!;
}
