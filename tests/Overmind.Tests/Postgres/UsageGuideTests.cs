using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public class UsageGuideTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task The_statements_that_users_know_run_as_they_are()
    {
        var placeholders = new Dictionary<string, string>
        {
            ["workflow-123"] = (await data.OneAsync<Guid>(data.Me, "select id from workflows")).ToString(),
            ["memory-id"] = (await data.OneAsync<Guid>(
                data.Me,
                """
                insert into episodic_memories (content, embedding, embedding_model, created_at)
                values ('We planned the project.', '[1,2]', 'text-embedding-ada-002', now() - interval '91 days')
                returning id
                """)).ToString(),
            ["[new_vector_from_text_embedding_3_large]"] = "[1,2,3]",
        };
        var guide = await File.ReadAllTextAsync(Repository.PathOf("tests", "Overmind.Tests", "Postgres", "usage-guide.sql"));
        foreach (var statement in guide.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sql = placeholders.Aggregate(statement, (text, known) => text.Replace($"'{known.Key}'", $"'{known.Value}'", StringComparison.Ordinal));
            if (sql.Split('\n').FirstOrDefault(line => line.StartsWith("-- returns ", StringComparison.Ordinal)) is { } returns)
                placeholders[returns["-- returns ".Length..]] = (await data.OneAsync<Guid>(data.Me, sql)).ToString();
            else
                await data.DoAsync(data.Me, sql);
        }

        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', display_name, timezone) from user_profiles where id = auth.uid()")).ShouldBe("Alice Chen America/Los_Angeles");
        (await data.OneAsync<string>(data.Me, "select string_agg(trait_key || ' ' || trait_value || ' ' || source, ', ' order by trait_key) from user_traits"))
            .ShouldBe("expertise_level advanced user_input, learning_style visual ai_inferred, preferred_language spanish user_input");
        (await data.OneAsync<string>(data.Me, "select t.tier_name || ' ' || s.status from user_subscriptions s join subscription_tiers t on t.id = s.tier_id")).ShouldBe("free active");
        (await data.OneAsync<long>(data.Me, "select xp from user_gamification")).ShouldBe(0);
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', title, model_name, message_count, status) from conversations"))
            .ShouldBe("Project Planning Discussion gpt-4-turbo 2 active");
        (await data.OneAsync<string>(data.Me, "select s.step_key || ' ' || r.status from run_steps s join workflow_runs r on r.id = s.run_id")).ShouldBe("summarization running");
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', s.cost_usd, r.cost_usd, r.tokens_input, r.tokens_output) from run_steps s join workflow_runs r on r.id = s.run_id")).ShouldBe("0.074 0.074 5000 800");
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', count(*), sum(cost), min(status)) from token_usage")).ShouldBe("1 0.074 settled");
        (await data.OneAsync<string>(
            data.Me,
            "select concat_ws(' ', content, embedding_model_provider, embedding_model_name, embedding_dimensions, importance, round(recency::numeric, 3), deleted_at is not null) from memories m cross join lateral overmind.memory_recency(m.last_accessed_at) as recency"))
            .ShouldBe("We planned the project. openai text-embedding-3-large 3 0.5 0.100 t");
        (await data.OneAsync<string>(data.Me, "select concat_ws(' ', hit_count, tokens_used, quality_tier, last_hit_at is not null) from ai_response_cache")).ShouldBe("1 450 production t");
    }
}
