using Microsoft.Extensions.Logging.Abstractions;
using Overmind.Conversations;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Vectors;

public sealed class VectorTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>, IDisposable
{
    readonly EmbeddingModels models = new(new EmbedderOptions(), TimeProvider.System);

    TextEmbedder Embedder => new(new VectorStore(data.Requests), models, null, TimeProvider.System);

    SearchService Search => new(new SearchStore(data.Requests), new QueryEmbedder(Embedder, NullLogger<QueryEmbedder>.Instance));

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task A_message_is_written_with_its_vector_and_found_by_what_it_means()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var service = new ConversationService(new ConversationStore(data.Requests), new MessageStore(data.Requests), embedder: Embedder);
        var message = await service.AppendAsync(
            data.Me, conversation, new NewMessage { Id = Guid.CreateVersion7(), Role = MessageRole.User, Content = "My physician prescribed antibiotics." }, CancellationToken.None);
        await data.MessageAsync(data.Me, conversation, "The harbour has forty moorings.");
        (await data.OneAsync<string>(data.Me, "select embedding_model_provider || '/' || embedding_model_name || ' ' || vector_dims(embedding) from messages where id = $1", message.Id))
            .ShouldBe("builtin/glove-ngram-v1 256");

        await EmbedAsync();
        var found = await SearchAsync("What medicine did the doctor give?", SearchMode.Semantic);
        found.Items[0].Id.ShouldBe(message.Id);
        found.Items[0].ScoreParts.VectorRank.ShouldBe(1);
        found.Items[0].ScoreParts.TextRank.ShouldBeNull();
        (found.Mode, found.Vector).ShouldBe((SearchMode.Semantic, VectorUse.Used));
    }

    [Fact]
    public async Task What_came_by_SQL_and_what_was_changed_gets_its_vector_by_the_job()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var message = await data.MessageAsync(data.Me, conversation, "A sextant");
        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from messages where id = $1", message);
        await EmbedAsync();
        (await HasVectorAsync(message)).ShouldBeTrue();
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from messages where id = $1", message)).ShouldBe(before);
        (await data.Owner.ScalarAsync<long>("select count(*) from conversations where embedding is null")).ShouldBe(0);

        await data.DoAsync(data.Me, "update messages set content = 'An octant' where id = $1", message);
        (await HasVectorAsync(message)).ShouldBeFalse();
        await EmbedAsync();
        (await HasVectorAsync(message)).ShouldBeTrue();
        (await new VectorStore(data.Requests).StatusAsync(CancellationToken.None)).ShouldAllBe(status => status.Waiting == 0);
    }

    [Fact]
    public async Task A_vector_is_not_kept_beside_a_text_that_changed_meanwhile()
    {
        var message = await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "A keel");
        var store = new VectorStore(data.Requests);
        var claims = new Claims(data.First.OrganizationId, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
        var texts = (await store.NextAsync(claims, "messages", 100, 100, CancellationToken.None)).Where(text => text.Id == message).ToList();
        await data.DoAsync(data.Me, "update messages set content = 'A rudder' where id = $1", message);
        (await store.KeepAsync(claims, "messages", texts, EmbeddingModels.Builtin.Reference, [new float[256]], CancellationToken.None)).ShouldBe(0);
        (await HasVectorAsync(message)).ShouldBeFalse();
    }

    [Fact]
    public async Task Any_word_does_and_a_result_says_what_its_score_is_made_of()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation, "Did you repaint the capstan in the end?");
        var answer = await data.MessageAsync(data.Me, conversation, "Yes, twice.");
        await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "Lunch was good.");
        await EmbedAsync();

        var found = await SearchAsync("who painted capstan poles", SearchMode.Hybrid);
        var first = found.Items[0];
        first.ScoreParts.Words.ShouldBe(["capstan"]);
        (first.ScoreParts.TextRank, first.ScoreParts.Recency > 0.99, first.Score is > 0 and <= 1).ShouldBe((1, true, true));
        first.Snippet.Where(part => part.Match).Select(part => part.Text).ShouldBe(["capstan"]);
        // What stands beside a hit is raised by it.
        found.Items.Single(item => item.Id == answer).ScoreParts.Neighbours!.Value.ShouldBeGreaterThan(0.1);
        (await SearchAsync("capstan", SearchMode.Hybrid, new SearchWeights { Neighbours = 0 })).Items.ShouldAllBe(item => item.ScoreParts.Neighbours == 0);
    }

    [Fact]
    public async Task What_others_wrote_is_not_found_by_its_meaning()
    {
        await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "My physician prescribed penicillin.");
        await EmbedAsync();
        foreach (var stranger in (Claims[])[data.First.OtherUser, data.Second.Admin])
            (await Search.SearchAsync(stranger, new SearchQuery { Text = "doctor medicine" }, CancellationToken.None)).Items
                .ShouldNotContain(item => item.Snippet.Any(part => part.Text.Contains("penicillin")));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_a_cursor_is_among_what_is_found()
    {
        var conversation = await data.ConversationAsync(data.Me);
        for (var i = 0; i < 5; i++) await data.MessageAsync(data.Me, conversation, $"Anchor number {i}");
        await EmbedAsync();
        var query = new SearchQuery { Text = "anchor", Mode = SearchMode.Hybrid, ConversationId = conversation, Limit = 2 };
        var all = (await Search.SearchAsync(data.Me, query with { Limit = 100 }, CancellationToken.None)).Items.Select(item => item.Id).ToList();
        List<Guid> paged = [];
        for (Guid? after = null; ;)
        {
            var page = await Search.SearchAsync(data.Me, query with { After = after }, CancellationToken.None);
            paged.AddRange(page.Items.Select(item => item.Id));
            if (!page.HasMore) break;
            after = paged[^1];
        }

        paged.ShouldBe(all);
        all.Count.ShouldBe(5);
        (await Should.ThrowAsync<OvermindException>(() => Search.SearchAsync(data.Me, query with { After = Guid.CreateVersion7() }, CancellationToken.None))).Param.ShouldBe("after");
    }

    [Fact]
    public async Task While_a_model_takes_the_place_of_another_each_text_is_found_once_by_the_vector_that_is_the_active_ones()
    {
        var conversation = await data.ConversationAsync(data.Second.User);
        var moved = await data.MessageAsync(data.Second.User, conversation, "A violin of spruce");
        var left = await data.MessageAsync(data.Second.User, conversation, "A cello of maple");
        await EmbedAsync();
        // As if the built-in one had just taken the place of another: one text's vector stands where it stays, the other's where it was made.
        await data.Owner.ExecuteAsync("update embedding_models set in_next = true where status = 'active'");
        await data.Owner.ExecuteAsync(
            """
            update messages
            set embedding_next = embedding, embedding_next_model = 'builtin/glove-ngram-v1', embedding = '[1,2]', embedding_model_name = 'old', embedding_dimensions = 2
            where content = 'A cello of maple'
            """);
        var found = await Search.SearchAsync(data.Second.User, new SearchQuery { Text = "stringed instrument", Mode = SearchMode.Semantic }, CancellationToken.None);
        found.Items.Select(item => item.Id).ShouldBe([moved, left], ignoreOrder: true);
        await data.Owner.ExecuteAsync("update embedding_models set in_next = false where status = 'active'");
    }

    [Fact]
    public async Task An_embedder_that_is_down_leaves_words_and_says_so()
    {
        await data.MessageAsync(data.Me, await data.ConversationAsync(data.Me), "A halyard of hemp");
        await EmbedAsync();
        var store = new VectorStore(data.Requests);
        // Another model is the active one, which this node knows nothing of.
        await data.Owner.ExecuteAsync("update embedding_models set provider = 'test', model = 'model' where status = 'active'");
        try
        {
            var search = new SearchService(
                new SearchStore(data.Requests), new QueryEmbedder(new TextEmbedder(store, models, null, TimeProvider.System), NullLogger<QueryEmbedder>.Instance));
            var found = await search.SearchAsync(data.Me, new SearchQuery { Text = "halyard" }, CancellationToken.None);
            (found.Mode, found.Vector, found.Items.Count).ShouldBe((SearchMode.Hybrid, VectorUse.Unavailable, 1));
            (await Should.ThrowAsync<OvermindException>(() => search.SearchAsync(
                data.Me, new SearchQuery { Text = "halyard", Mode = SearchMode.Semantic }, CancellationToken.None))).Code.ShouldBe(ErrorCode.ModelFailed);
        }
        finally
        {
            await data.Owner.ExecuteAsync("update embedding_models set provider = 'builtin', model = 'glove-ngram-v1' where status = 'active'");
        }
    }

    [Theory]
    [InlineData("text=1")]
    [InlineData("speed:1")]
    [InlineData("text:1,text:2")]
    [InlineData("text:much")]
    public void Weights_that_cannot_be_read_are_refused(string weights) =>
        Should.Throw<OvermindException>(() => SearchWeights.Parse(weights)).Param.ShouldBe("weights");

    Task EmbedAsync() => new EmbedTexts(new VectorStore(data.Requests), Embedder, new EmbedderOptions(), NullLogger<EmbedTexts>.Instance)
        .HandleAsync(new NoPayload(), null!, CancellationToken.None);

    Task<SearchPage> SearchAsync(string text, SearchMode mode, SearchWeights? weights = null) =>
        Search.SearchAsync(data.Me, new SearchQuery { Text = text, Mode = mode, Weights = weights }, CancellationToken.None);

    Task<bool> HasVectorAsync(Guid message) => data.OneAsync<bool>(data.Me, "select embedding is not null from messages where id = $1", message)!;
}
