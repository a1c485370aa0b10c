using Npgsql;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors.Migrations;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Vectors.Migrations;

public sealed class EmbeddingMigrationTests(TestPostgres postgres) : IAsyncLifetime
{
    const string Vectors = """
        select string_agg(distinct concat_ws(' ', v.model, v.dimensions, v.next), ', ' order by concat_ws(' ', v.model, v.dimensions, v.next))
        from (
            select embedding_model_provider || '/' || embedding_model_name as model, vector_dims(embedding) as dimensions, embedding_next_model as next from messages
            union all select embedding_model_provider || '/' || embedding_model_name, vector_dims(embedding), embedding_next_model from memories) as v
        """;

    readonly RoutineDatabase data = new(postgres);
    WideEmbedder? wide;

    public async ValueTask InitializeAsync()
    {
        await data.InitializeAsync();
        wide = await WideEmbedder.StartAsync();
        foreach (var who in (Claims[])[data.First.User, data.Second.User])
        {
            await data.MessageAsync(who, await data.ConversationAsync(who), "My physician prescribed antibiotics.");
            await data.DoAsync(who, "insert into episodic_memories (content) values ('The harbour has forty moorings.')");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await wide!.DisposeAsync();
        await data.DisposeAsync();
    }

    [Fact]
    public async Task Another_model_takes_the_place_of_the_active_one_and_its_vectors_stand_where_those_stood()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        var before = await data.OneAsync<DateTime>(data.Me, "select max(updated_at) from memories");
        await stage.StartAsync(WideEmbedder.Name);
        var running = await stage.StatusAsync();
        (running.Active, running.Migration!.State, running.Migration.Percent).ShouldBe(("builtin/glove-ngram-v1", MigrationState.Running, 0));
        running.Texts.ShouldAllBe(each => each.ActiveIndexed && each.NextIndexed == true && each.Next == 0);

        await stage.WorkAsync();
        var moving = await stage.StatusAsync();
        (moving.Active, moving.ActiveDimensions, moving.Migration!.State).ShouldBe((WideEmbedder.Name, 384, MigrationState.Moving));
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("builtin/glove-ngram-v1 256 test/wide");
        await FindsAsync(stage);
        // Nothing moves before all nodes have heard of it.
        await stage.WorkAsync();
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("builtin/glove-ngram-v1 256 test/wide");

        await stage.EndAsync();
        var done = await stage.StatusAsync();
        (done.Active, done.Migration!.State, done.Migration.Percent).ShouldBe((WideEmbedder.Name, MigrationState.Completed, 100));
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("test/wide 384");
        await FindsAsync(stage);
        (await data.OneAsync<DateTime>(data.Me, "select max(updated_at) from memories")).ShouldBe(before);
        (await data.OneAsync<long>(data.Me, "select count(*) from episodic_memory_embedding_mismatches")).ShouldBe(0);
        (await data.Owner.ScalarAsync<long>("select count(*) from token_usage where operation = 'embedding' and provider = 'test' and status = 'settled'")).ShouldBeGreaterThan(0);
        // The former place's index is needed no more.
        await stage.Migrations.TidyAsync(CancellationToken.None);
        (await data.Owner.ScalarAsync<long>("select count(*) from pg_indexes where indexname ~ 'embedding_next_[0-9a-f]+_idx'")).ShouldBe(0);
        (await data.Owner.ScalarAsync<long>("select count(*) from pg_indexes where indexname ~ 'embedding_[0-9a-f]+_idx'")).ShouldBe(3);
    }

    [Fact]
    public async Task While_vectors_move_each_text_has_the_searched_models_in_exactly_one_place()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        await stage.WorkAsync();
        var store = new MigrationStore(data.Requests);
        foreach (var organization in await store.OrganizationsAsync(active: false, CancellationToken.None))
            foreach (var of in (string[])["messages", "conversations", "memories"])
                for (Guid? last = Guid.Empty; last is { } after; last = await store.MoveAsync(organization, of, after, 1, CancellationToken.None))
                {
                    (await data.Owner.ScalarAsync<bool?>($"select bool_and((embedding_model_name = 'wide') <> (embedding_next_model is not null)) from {of}")).ShouldNotBe(false);
                    await FindsAsync(stage);
                }

        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("test/wide 384");
    }

    [Fact]
    public async Task The_statements_of_a_migration_that_users_know_say_what_was_and_that_nothing_is_left()
    {
        const string mismatches = "select count(*) from episodic_memory_embedding_mismatches";
        const string models = """
            select string_agg(embedding_model_provider || '/' || embedding_model_name || ' ' || total_memories, ', ' order by embedding_model_name)
            from (
                select count(*) as total_memories, embedding_model_name, embedding_model_provider
                from public.episodic_memories
                where user_id = auth.uid()
                group by embedding_model_name, embedding_model_provider) as step
            """;
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await data.DoAsync(
            data.Me,
            """
            insert into episodic_memories (content, embedding, embedding_model_name, embedding_model_provider)
            select content, vector::vector, 'text-embedding-ada-002', 'openai'
            from (values ('We planned.', '[1,2]'), ('We met.', '[1,2]'), ('We left.', '[1,2,3]')) as v (content, vector)
            """);
        (await data.OneAsync<string>(data.Me, models)).ShouldBe("builtin/glove-ngram-v1 1, openai/text-embedding-ada-002 3");
        (await data.OneAsync<long>(data.Me, mismatches)).ShouldBe(1);

        await stage.StartAsync(WideEmbedder.Name);
        await stage.EndAsync();

        (await data.OneAsync<string>(data.Me, models)).ShouldBe("test/wide 4");
        (await data.OneAsync<long>(data.Me, mismatches)).ShouldBe(0);
    }

    [Fact]
    public async Task And_back_again_to_the_built_in_one()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        await stage.EndAsync();
        await stage.StartAsync("builtin");
        await FindsAsync(stage);
        await stage.EndAsync();
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("builtin/glove-ngram-v1 256");
        await FindsAsync(stage);
    }

    [Fact]
    public async Task The_switch_is_refused_while_a_text_lacks_its_vector()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        var migration = (await new MigrationStore(data.Requests).TakeAsync(Guid.CreateVersion7(), CancellationToken.None))!;
        (await new MigrationStore(data.Requests).SwitchAsync(migration, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1), CancellationToken.None)).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(4);
        (await stage.StatusAsync()).Active.ShouldBe("builtin/glove-ngram-v1");
        await FindsAsync(stage);
    }

    [Fact]
    public async Task A_migration_that_is_cancelled_leaves_everything_as_it_was()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        // All but the last batch: the provider goes away before the memories' turn comes.
        wide.Asked = texts => texts > 4 ? throw new InvalidOperationException("down") : Task.CompletedTask;
        await stage.WorkAsync();
        (await data.Owner.ScalarAsync<long>("select count(*) from messages where embedding_next is not null")).ShouldBeGreaterThan(0);
        (await stage.StatusAsync()).Migration!.Error.ShouldNotBeNull().ShouldContain("refused with status 500");

        await stage.Migrations.CancelAsync(CancellationToken.None);
        (await stage.StatusAsync()).Migration!.State.ShouldBe(MigrationState.Cancelling);
        await FindsAsync(stage);
        await stage.WorkAsync();
        var after = await stage.StatusAsync();
        (after.Active, after.Migration!.State).ShouldBe(("builtin/glove-ngram-v1", MigrationState.Cancelled));
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("builtin/glove-ngram-v1 256");
        await FindsAsync(stage);
        (await RefusedAsync(() => stage.Migrations.CancelAsync(CancellationToken.None))).ShouldBe("embedding_migrations_none");

        // And it may be begun again.
        wide.Asked = _ => Task.CompletedTask;
        await stage.StartAsync(WideEmbedder.Name);
        await stage.EndAsync();
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("test/wide 384");
    }

    [Fact]
    public async Task What_cannot_be_migrated_is_refused_before_it_begins()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        (await RefusedAsync(() => stage.StartAsync("builtin"))).ShouldBe("embedding_migrations_another_model");
        (await Should.ThrowAsync<EmbeddingException>(() => stage.StartAsync("nowhere/model"))).Message.ShouldContain("No embedder nowhere/model is configured here");
        var wider = await stage.ModelAsync(WideEmbedder.Name);
        await stage.StartAsync(WideEmbedder.Name);
        (await RefusedAsync(() => stage.StartAsync(WideEmbedder.Name))).ShouldBe("embedding_migrations_current_key");
        await stage.EndAsync();
        (await RefusedAsync(() => stage.Migrations.CancelAsync(CancellationToken.None))).ShouldBe("embedding_migrations_none");
        (await RefusedAsync(() => stage.Migrations.CheckAsync(wider with { Version = "2" }, CancellationToken.None))).ShouldBe("embedding_migrations_another_name");
    }

    [Fact]
    public async Task After_the_switch_it_cannot_be_cancelled()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        await stage.WorkAsync();
        (await RefusedAsync(() => stage.Migrations.CancelAsync(CancellationToken.None))).ShouldBe("embedding_migrations_switched");
    }

    [Fact]
    public async Task A_model_that_answers_other_lengths_by_now_is_refused_and_said()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await stage.StartAsync(WideEmbedder.Name);
        wide.Dimensions = 512;
        await stage.WorkAsync();
        (await stage.StatusAsync()).Migration!.Error.ShouldNotBeNull().ShouldContain("512 dimensions where 384 were expected");
        (await data.Owner.ScalarAsync<long>("select count(*) from messages where embedding_next is not null")).ShouldBe(0);
        wide.Dimensions = 384;
        await stage.EndAsync();
    }

    [Fact]
    public async Task A_node_that_does_not_know_the_model_says_so()
    {
        await using (var stage = await MigrationStage.OpenAsync(data, wide!.Options))
            await stage.StartAsync(WideEmbedder.Name);
        await using var other = await MigrationStage.OpenAsync(data, new EmbedderOptions());
        await other.WorkAsync();
        (await other.StatusAsync()).Migration!.Error.ShouldNotBeNull().ShouldContain("No embedder test/wide is configured here");
    }

    [Fact]
    public async Task Texts_of_a_suspended_organization_do_not_hold_it_up_and_are_embedded_when_it_goes_on()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        await data.Owner.ExecuteAsync("update organizations set status = 'suspended', suspended_at = now() where id = $1", data.Second.OrganizationId);
        await stage.StartAsync(WideEmbedder.Name);
        await stage.EndAsync();
        (await data.Owner.ScalarAsync<long>("select count(*) from messages where organization_id = $1 and embedding is not null", data.Second.OrganizationId)).ShouldBe(0);
        await data.Owner.ExecuteAsync("update organizations set status = 'active', suspended_at = null where id = $1", data.Second.OrganizationId);
        await using var later = await MigrationStage.OpenAsync(data, wide.Options);
        (await data.Owner.ScalarAsync<string>(Vectors)).ShouldBe("test/wide 384");
    }

    [Fact]
    public async Task What_it_takes_is_said_before_it_begins()
    {
        await using var stage = await MigrationStage.OpenAsync(data, wide!.Options);
        var texts = await data.Owner.ScalarAsync<long>("select (select count(*) from messages) + (select count(*) from memories) + (select count(*) from conversations where title <> '')");
        var estimate = await stage.Migrations.EstimateAsync(await stage.ModelAsync(WideEmbedder.Name), CancellationToken.None);
        (estimate.Texts, estimate.TokensCounted, estimate.CostUsd).ShouldBe((texts, false, null));
        estimate.Tokens.ShouldBeInRange(estimate.Characters / 5, estimate.Characters / 3);

        var priced = EmbeddingModels.Builtin with { Reference = new("openai", "text-embedding-3-small") };
        var counted = await stage.Migrations.EstimateAsync(priced, CancellationToken.None);
        counted.TokensCounted.ShouldBeTrue();
        counted.CostUsd.ShouldBe(counted.Tokens * 0.00000002m);
        (await stage.Migrations.EstimateAsync(EmbeddingModels.Builtin, CancellationToken.None)).ShouldSatisfyAllConditions(
            none => none.Texts.ShouldBe(0), none => none.CostUsd.ShouldBe(0));
    }

    async Task FindsAsync(MigrationStage stage)
    {
        foreach (var who in (Claims[])[data.First.User, data.Second.User])
        {
            var found = await stage.Search.SearchAsync(who, new SearchQuery { Text = "What medicine did the doctor give?", Mode = SearchMode.Semantic }, CancellationToken.None);
            string.Concat(found.Items[0].Snippet.Select(part => part.Text)).ShouldContain("physician");
            found.Vector.ShouldBe(VectorUse.Used);
        }
    }

    static async Task<string?> RefusedAsync(Func<Task> act) => (await Should.ThrowAsync<PostgresException>(act)).ConstraintName;
}
