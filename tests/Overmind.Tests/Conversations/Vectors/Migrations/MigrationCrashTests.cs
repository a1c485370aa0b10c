using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors.Migrations;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Agents;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Vectors.Migrations;

public sealed class MigrationCrashTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    const int Each = 400;
    const int Batch = 96;

    [Fact]
    public async Task A_node_that_is_killed_loses_nothing_and_every_search_finds_what_it_found_before()
    {
        var tenants = (Claims[])[data.First.User, data.Second.User, (await TestTenant.CreateAsync(data.Owner, "third")).User];
        foreach (var who in tenants)
        {
            var conversation = await data.ConversationAsync(who);
            await data.DoAsync(who, "insert into messages (conversation_id, role, content) select $1, 'user', 'Mooring ' || n || ' of the harbour is taken' from generate_series(1, $2) n", conversation, Each);
            await data.MessageAsync(who, conversation, "My physician prescribed antibiotics.");
        }

        await using var wide = await WideEmbedder.StartAsync();
        await using var stage = await MigrationStage.OpenAsync(data, wide.Options);
        await stage.StartAsync(WideEmbedder.Name);
        var total = (await stage.StatusAsync()).Texts.Sum(each => each.Texts);
        total.ShouldBeGreaterThanOrEqualTo(3 * (Each + 1));

        using var ended = new CancellationTokenSource();
        var searches = SearchAsync(stage, tenants, ended.Token);
        // In the middle of the second organization's the provider does not answer, and the worker is killed.
        var (stuck, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var asked = wide.Texts;
        wide.Asked = async texts =>
        {
            if (texts - asked < Each + Each / 2) return;
            stuck.TrySetResult();
            await goesOn.Task;
        };
        await EnqueueAsync();
        await using (var first = WorkerProcess.StartEmbedding(data.Owner, WideEmbedder.Name, wide.Url))
        {
            await stuck.Task.WaitAsync(TimeSpan.FromSeconds(120));
            await first.KillAsync();
        }

        (await data.Owner.ScalarAsync<long>("select count(*) from messages where embedding_next is not null")).ShouldBeInRange(Each, 2 * Each);
        goesOn.SetResult();
        await using var second = WorkerProcess.StartEmbedding(data.Owner, WideEmbedder.Name, wide.Url);
        await StateAsync("moving", second);
        await data.Owner.ExecuteAsync("update overmind.embedding_migrations set switched_at = switched_at - interval '1 minute'");
        await EnqueueAsync();
        await StateAsync("completed", second);
        await ended.CancelAsync();
        (await searches).ShouldBeGreaterThan(0);

        // Probes, queries and one batch besides.
        (wide.Texts - asked).ShouldBeLessThanOrEqualTo((int)total + Batch + 10);
        (await data.Owner.ScalarAsync<string>("select string_agg(distinct concat_ws(' ', embedding_model_name, vector_dims(embedding), embedding_next_model), ', ') from messages")).ShouldBe("wide 384");
        (await data.Owner.ScalarAsync<long>("select count(*) from messages where embedding is null")).ShouldBe(0);
        (await data.OneAsync<long>(data.Me, "select count(*) from episodic_memory_embedding_mismatches")).ShouldBe(0);
    }

    /// <summary>All the time: never an error, and always the text that means what is looked for. How many.</summary>
    static Task<int> SearchAsync(MigrationStage stage, Claims[] tenants, CancellationToken ended) => Task.Run(async () =>
    {
        var searches = 0;
        for (; !ended.IsCancellationRequested; searches++)
        {
            var found = await stage.Search.SearchAsync(
                tenants[searches % tenants.Length], new SearchQuery { Text = "What medicine did the doctor give?", Mode = SearchMode.Semantic }, CancellationToken.None);
            string.Concat(found.Items[0].Snippet.Select(part => part.Text)).ShouldContain("physician");
            await Task.Delay(20, CancellationToken.None);
        }

        return searches;
    }, CancellationToken.None);

    Task EnqueueAsync() => data.Owner.ExecuteAsync("insert into jobs (kind, payload, retry_when_lost) values ('embeddings.migrate', '{}', true)");

    async Task StateAsync(string state, WorkerProcess worker)
    {
        try
        {
            await Poll.UntilAsync(async () => await data.Owner.ScalarAsync<string>("select status from overmind.embedding_migrations") == state, seconds: 120);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{await data.Owner.ScalarAsync<string>("select to_jsonb(g)::text from overmind.embedding_migrations g")}\n{worker.Output}", late);
        }
    }
}
