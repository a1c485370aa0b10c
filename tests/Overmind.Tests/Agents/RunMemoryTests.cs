using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Memory;
using Overmind.Memory.Recall;
using Overmind.Postgres;

namespace Overmind.Tests.Agents;

public class RunMemoryTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_run_is_given_what_fits_its_question_and_its_answer_names_what_it_cites()
    {
        await ForgetAllAsync();
        var boat = await RememberAsync("The boat is made of larch.");
        var crew = await RememberAsync("The boat has a crew of six.");
        await RememberAsync("Tea is served at four.");
        var model = new FakeModel(call => call.Part == "assemble" ? "It is made of larch [m1]. Nothing else [m9]." : FakeModel.Good(9.5)(call));
        await using var host = await stage.HostAsync(model);
        var conversation = await stage.ConversationAsync();
        var run = await host.AskAsync(stage.User, conversation, "What is the boat made of?");

        var prompt = model.Calls.First(c => c.Part == "assemble").Prompt;
        prompt.ShouldContain("<memories>\n<memory by=\"m1\">\nThe boat is made of larch.\n</memory>\n<memory by=\"m2\">\nThe boat has a crew of six.\n</memory>\n</memories>\n<question>");
        prompt.ShouldNotContain("Tea");
        model.Calls.First(c => c.Part == "creative").Prompt.ShouldContain("as [m2]");
        (await stage.Database.ScalarAsync<Guid[]>("select memory_refs from messages where id = $1", run.AnswerMessageId!)).ShouldBe([boat]);

        var context = await host.Services.GetRequiredService<ContextSnapshotService>().GetAsync(stage.User, conversation, run.AnswerMessageId!.Value, CancellationToken.None);
        var segment = context.Segments.Single(s => s.Name == "memories");
        segment.Messages.Select(m => m.Memory!.Id).ShouldBe([boat, crew]);
        segment.Messages[0].Memory!.TextScore!.Value.ShouldBeGreaterThan(segment.Messages[1].Memory!.TextScore!.Value);
        segment.Tokens.ShouldBeInRange(1, 500);
    }

    [Fact]
    public async Task The_offline_model_says_what_it_was_told_before_and_cites_it()
    {
        await ForgetAllAsync();
        var memory = await RememberAsync("I live in Porto.");
        await using var host = await RunHost.StartAsync(stage.Database);
        var run = await host.AskAsync(stage.User, await stage.ConversationAsync(), "In which town do I live, and what is there to see?");
        run.Answer!.ShouldContain("### From memory\n\n- I live in Porto. [m1]\n");
        (await stage.Database.ScalarAsync<Guid[]>("select memory_refs from messages where id = $1", run.AnswerMessageId!)).ShouldBe([memory]);
    }

    [Fact]
    public async Task A_private_memory_enters_no_run_that_another_sees()
    {
        await ForgetAllAsync();
        var other = stage.Tenant.OtherUser;
        await RememberAsync("The safe of the boat opens with 1234.");
        await RememberAsync("The boat is insured by Lloyd's.", other);
        await stage.Database.Database.ExecuteAsync(stage.Tenant.Admin, "insert into memories (memory_type, content, owner_type) values ('semantic', 'The boat leaves at six.', 'organization')", [], default);
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);

        // One's own conversation; another's that one sees; one's own that others see; and an admin's question in a private one of somebody else.
        var mine = await stage.ConversationAsync();
        var shared = await stage.ConversationAsync(values: "visibility = 'organization'");
        (await GivenAsync(stage.User, mine)).ShouldBe(["The boat leaves at six.", "The safe of the boat opens with 1234."]);
        (await GivenAsync(other, shared)).ShouldBe(["The boat leaves at six."]);
        (await GivenAsync(stage.User, shared)).ShouldBe(["The boat leaves at six."]);
        (await GivenAsync(stage.Tenant.Admin, mine)).ShouldBe(["The boat leaves at six."]);

        async Task<string[]> GivenAsync(Claims asker, Guid conversation)
        {
            var run = await host.AskAsync(asker, conversation, "What about the boat?");
            return await stage.Database.ScalarAsync<string[]>(
                "select coalesce(array_agg(m ->> 'content' order by m ->> 'content'), '{}') from workflow_runs r cross join jsonb_array_elements(r.snapshot -> 'memories') as m where r.id = $1", run.Id);
        }
    }

    [Fact]
    public async Task Agents_bring_their_own_and_projects_theirs_and_what_is_over_is_not_given()
    {
        await ForgetAllAsync();
        var agent = await stage.Database.ScalarAsync<Guid>("select id from agent_configurations where organization_id = $1 and key = 'creative'", stage.User.OrganizationId!);
        var stranger = await stage.Database.ScalarAsync<Guid>(
            """
            insert into agent_configurations (organization_id, key, name, role, goal, backstory)
            values ($1, 'stranger', 'Stranger', 'A stranger', 'None', 'None') on conflict do nothing returning id
            """, stage.User.OrganizationId!);
        var project = Guid.CreateVersion7();
        await stage.Database.Database.ExecuteAsync(stage.User, "insert into projects (id, name) values ($1, 'Boat')", [project], default);
        await AgentRemembersAsync(agent, "The boat likes blue.");
        await AgentRemembersAsync(stranger, "The boat likes red.");
        await stage.Database.Database.ExecuteAsync(stage.User, "insert into memories (memory_type, content, owner_type, project_id) values ('semantic', 'The boat is due in May.', 'project', $1)", [project], default);
        await RememberAsync("The boat was old.");
        await RememberAsync("The boat was for sale.");
        await stage.Database.ExecuteAsync("update memories set valid_until = now() where content = 'The boat was old.'");
        await stage.Database.ExecuteAsync("update memories set expires_at = now() - interval '1 second' where content = 'The boat was for sale.'");
        var recall = new MemoryRecall(stage.Database.Database, new MemorySearchStore(stage.Database.Database));

        (await recall.FindAsync(stage.User, "boat", new RecallScope([agent], project), 10, default)).Select(m => m.Content).Order().ShouldBe(["The boat is due in May.", "The boat likes blue."]);
        (await recall.FindAsync(stage.User, "boat", new RecallScope([], null), 10, default)).ShouldBeEmpty();
        (await recall.FindAsync(stage.User, "boat", null, 10, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_budget_of_tokens_holds_and_none_is_none()
    {
        await ForgetAllAsync();
        await RememberAsync($"The boat {string.Join(' ', Enumerable.Repeat("sails", 200))}.");
        await RememberAsync("The boat is blue.");
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await stage.HostAsync(model);
        await SettleAsync(100);
        (await TokensAsync()).ShouldBeInRange(1, 100);
        await SettleAsync(0);
        (await TokensAsync()).ShouldBe(0);
        await stage.Database.ExecuteAsync("update organizations set settings = '{}' where id = $1", stage.User.OrganizationId!);
        (await TokensAsync()).ShouldBeInRange(101, 500);

        async Task<long> TokensAsync() => await stage.Database.ScalarAsync<long>(
            "select coalesce(sum((m ->> 'tokens')::bigint), 0)::bigint from workflow_runs r cross join jsonb_array_elements(r.snapshot -> 'memories') as m where r.id = $1",
            (await host.AskAsync(stage.User, await stage.ConversationAsync(), "What about the boat?")).Id);

        Task SettleAsync(int tokens) =>
            stage.Database.ExecuteAsync("update organizations set settings = jsonb_build_object('memory_tokens', $2::integer) where id = $1", stage.User.OrganizationId!, tokens);
    }

    [Theory]
    [InlineData("Larch [m1].", 1)]
    [InlineData("Larch [m2, m1] and [M2].", 2, 1)]
    [InlineData("Larch [m0] [m4] [1] m1.")]
    [InlineData("")]
    public void Citations_are_read_from_the_answer(string answer, params int[] numbers)
    {
        var snapshot = Runs.Snapshot() with
        {
            Memories = RunMemories.Fit(Enumerable.Range(1, 3).Select(i => new RecalledMemory
            {
                Id = new Guid(i, 0, 0, new byte[8]),
                Content = "x",
                MemoryType = MemoryType.Semantic,
                OwnerType = MemoryOwner.User,
                OwnerId = Guid.Empty,
                Importance = 1,
                Recency = 1,
                Pinned = false,
                CreatedAt = default,
                Score = 1,
            }), 500),
        };
        (RunMemories.Cited(snapshot, answer) ?? []).ShouldBe(numbers.Select(n => new Guid(n, 0, 0, new byte[8])));
    }

    Task ForgetAllAsync() => stage.Database.ExecuteAsync("delete from memories");

    async Task<Guid> RememberAsync(string content, Claims? by = null)
    {
        var id = Guid.CreateVersion7();
        await stage.Database.Database.ExecuteAsync(by ?? stage.User, "insert into memories (id, memory_type, content) values ($1, 'semantic', $2)", [id, content], default);
        return id;
    }

    Task<int> AgentRemembersAsync(Guid agent, string content) => stage.Database.Database.ExecuteAsync(
        stage.User, "insert into memories (memory_type, content, owner_type, agent_id, source) values ('semantic', $1, 'agent', $2, 'agent')", [content, agent], default);
}
