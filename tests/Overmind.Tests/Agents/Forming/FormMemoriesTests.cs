using Overmind.Testing;

namespace Overmind.Tests.Agents.Forming;

public class FormMemoriesTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task The_job_waits_for_a_pause_and_then_forms_by_rules_without_a_model()
    {
        var model = new FakeModel(_ => throw new InvalidOperationException("Nobody is asked."));
        await using var host = await stage.HostAsync(model);
        await SettleAsync("rules");
        var conversation = await SayAsync("My name is Ana. I live in Porto.", "1 second");
        await DueAsync(conversation);
        // Somebody speaks: it is put off, without an attempt spent.
        await Poll.UntilAsync(() => JobAsync<bool>(conversation, "status = 'pending' and not is_due and attempt_count = 0 and run_at > now() + interval '1 minute'"));
        (await HeldAsync()).ShouldBe("");

        await stage.Database.ExecuteAsync("update messages set created_at = created_at - interval '10 minutes' where conversation_id = $1", conversation);
        await DueAsync(conversation);
        await Poll.UntilAsync(() => JobAsync<bool>(conversation, "status = 'completed'"));
        (await HeldAsync()).ShouldBe("I live in Porto. | My name is Ana.");
        (await JobAsync<string>(conversation, "result::text")).ShouldContain("\"added\": 2");
        model.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_extracts_and_decides_and_its_calls_are_in_the_ledger()
    {
        var model = new FakeModel(call => call.Part switch
        {
            "extract" => """{"memories": [{"message": 1, "type": "semantic", "subject": "user", "content": "The user moved to Lisbon.", "importance": 0.9}, {"message": 1, "type": "procedural", "subject": "answers", "content": "Wants short answers.", "importance": 0.7}]}""",
            "decide" => "```json\n" + """{"decisions": [{"candidate": 1, "action": "supersede", "memory": 1}, {"candidate": 2, "action": "none", "memory": 2}]}""" + "\n```",
            _ => FakeModel.Good(9.5)(call),
        });
        await using var host = await stage.HostAsync(model);
        await SettleAsync("model");
        await stage.Database.Database.ExecuteAsync(
            stage.User, "insert into memories (memory_type, content, valid_from) values ('semantic', 'The user lives in Porto.', now() - interval '1 year')", [], default);
        await stage.Database.Database.ExecuteAsync(
            stage.User, "insert into memories (memory_type, content, valid_from) values ('procedural', 'Short answers please.', now() - interval '1 year')", [], default);
        var conversation = await SayAsync("I moved to Lisbon, keep it brief.");
        // Known are numbered by how alike they are; the fake decides by what it reads.
        model.Answer = Numbered(model.Answer);
        await DueAsync(conversation);
        await Poll.UntilAsync(() => JobAsync<bool>(conversation, "status = 'completed'"));

        (await HeldAsync()).ShouldBe("Short answers please. | The user moved to Lisbon.");
        (await stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', m.valid_until = n.valid_from, n.source, n.importance) from memories m join memories n on n.id = m.superseded_by where m.content = 'The user lives in Porto.'"))
            .ShouldBe("t message 0.9");
        (await stage.Database.ScalarAsync<string>("select string_agg(distinct concat_ws(' ', operation, status, outcome), ', ') from token_usage where metadata ? 'memory_forming'"))
            .ShouldBe("memory_forming settled succeeded");
        model.Calls.Single(c => c.Part == "extract").Prompt.ShouldContain("<message by=\"1\">\nI moved to Lisbon, keep it brief.\n</message>");
        (await stage.Database.ScalarAsync<int>("select confirmed from memory_formings where conversation_id = $1", conversation)).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_asked_for_once_more_and_then_the_forming_fails_and_says_why()
    {
        var model = new FakeModel(_ => "I would rather not.");
        await using var host = await stage.HostAsync(model);
        await SettleAsync("model");
        var conversation = await SayAsync("I moved to Lisbon.");
        await DueAsync(conversation);
        await Poll.UntilAsync(() => JobAsync<bool>(conversation, "errors <> '[]'"));
        model.Calls.First().Part.ShouldBe("extract");
        model.Calls.Skip(1).First().Prompt.ShouldContain("<sent_back>");
        (await stage.Database.ScalarAsync<string>("select concat_ws(' ', until_seq, error) from memory_formings where conversation_id = $1", conversation))
            .ShouldStartWith("0 openai/gpt-4-turbo answered twice what cannot be read: It is not valid JSON");

        // What is retried and read goes on from where it stood.
        model.Answer = (call, _) => new FakeModel(_ => """{"memories": [{"message": 1, "type": "semantic", "subject": "user", "content": "Lives in Lisbon.", "importance": 1}]}""").Answer(call, default);
        await DueAsync(conversation);
        await Poll.UntilAsync(() => JobAsync<bool>(conversation, "status = 'completed'"));
        (await HeldAsync()).ShouldBe("Lives in Lisbon.");
        (await stage.Database.ScalarAsync<bool>("select error is null and until_seq = 1 from memory_formings where conversation_id = $1", conversation)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"memories": {}}""", "no member \"memories\"")]
    [InlineData("""{"memories": [{"message": 2, "type": "semantic", "content": "x", "importance": 1}]}""", "memories[0].message")]
    [InlineData("""{"memories": [{"message": 1, "type": "working", "content": "x", "importance": 1}]}""", "memories[0].type")]
    [InlineData("""{"memories": [{"message": 1, "type": "semantic", "content": " ", "importance": 1}]}""", "memories[0].content")]
    [InlineData("""{"memories": [{"message": 1, "type": "semantic", "content": "x", "importance": 7}]}""", "memories[0].importance")]
    [InlineData("""{"memories": [], "memories": []}""", "not valid JSON")]
    public void What_a_model_answers_is_read_strictly(string answer, string reason)
    {
        var said = new Overmind.Memory.Forming.SaidMessage(Guid.CreateVersion7(), 0, 1, 0, Guid.CreateVersion7(), "Hello.", DateTimeOffset.UnixEpoch, false, false, false);
        var (read, told) = Overmind.Agents.Forming.FormingAnswer.Facts(answer, [said]);
        read.ShouldBeNull();
        told.ShouldContain(reason);
    }

    static Func<FakeCall, CancellationToken, IAsyncEnumerable<string>> Numbered(Func<FakeCall, CancellationToken, IAsyncEnumerable<string>> answer) => (call, token) =>
        call.Part == "decide" && call.Prompt.Contains("<memory by=\"1\">\nShort", StringComparison.Ordinal)
            ? new FakeModel(_ => """{"decisions": [{"candidate": 1, "action": "supersede", "memory": 2}, {"candidate": 2, "action": "none", "memory": 1}]}""").Answer(call, token)
            : answer(call, token);

    async Task SettleAsync(string mode)
    {
        await stage.Database.ExecuteAsync("delete from memories");
        await stage.Database.ExecuteAsync("update organizations set settings = jsonb_build_object('memory_forming', $2::text) where id = $1", stage.User.OrganizationId!, mode);
    }

    async Task<Guid> SayAsync(string words, string ago = "10 minutes")
    {
        var conversation = await stage.ConversationAsync(values: "model_provider = 'openai', model_name = 'gpt-4-turbo'");
        await stage.Database.Database.ExecuteAsync(
            stage.User, "insert into messages (conversation_id, role, content, created_at) values ($1, 'user', $2, now() - $3::interval)", [conversation, words, ago], default);
        return conversation;
    }

    Task DueAsync(Guid conversation) => stage.Database.ExecuteAsync(
        "with due as (update jobs set run_at = now() where unique_key = $1 and status = 'pending' returning kind) select pg_notify('job_available', kind) from due", conversation.ToString());

    Task<T> JobAsync<T>(Guid conversation, string what) => stage.Database.ScalarAsync<T>($"select {what} from jobs where kind = 'memory.form' and unique_key = $1", conversation.ToString());

    Task<string> HeldAsync() => stage.Database.ScalarAsync<string>("select coalesce(string_agg(content, ' | ' order by content), '') from memories where deleted_at is null and valid_until is null");
}
