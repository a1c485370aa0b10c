using Npgsql;

namespace Overmind.Server.Tests.Http;

public class IdempotencyTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;
    readonly Api api = servers.Fast.User;
    readonly string key = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_makes_nothing()
    {
        var first = (await api.PostAsync("/v1/conversations", """{"title":"Once"}""", ("Idempotency-Key", key))).Expect(201);
        first.Header("Idempotency-Replayed").ShouldBeNull();
        await api.PatchAsync(first.Header("Location")!, """{"title":"Changed"}""");
        var repeat = (await api.PostAsync("/v1/conversations", """{"title":"Once"}""", ("Idempotency-Key", key))).Expect(201);
        repeat.Text.ShouldBe(first.Text);
        repeat.Header("Location").ShouldBe(first.Header("Location"));
        repeat.Header("Idempotency-Replayed").ShouldBe("true");
        repeat.Header("Content-Type").ShouldBe("application/json");
    }

    [Fact]
    public async Task A_message_and_a_run_are_made_once()
    {
        var path = $"/v1/conversations/{await api.NewConversationAsync()}";
        for (var i = 0; i < 3; i++)
            (await api.PostAsync($"{path}/messages", """{"content":"Hello"}""", ("Idempotency-Key", key))).Expect(201);
        var run = (await api.PostAsync($"{path}/runs", """{"question":"Why?"}""", ("Idempotency-Key", key))).Expect(202);
        (await api.PostAsync($"{path}/runs", """{"question":"Why?"}""", ("Idempotency-Key", key))).Expect(202).Text.ShouldBe(run.Text);
        await api.GetAsync($"/v1/runs/{run.Id}/events");
        (await api.GetAsync($"{path}/messages")).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        (await api.PostAsync("/v1/conversations", """{"title":"a"}""", ("Idempotency-Key", key))).Expect(201);
        (await api.PostAsync("/v1/conversations", """{"title":"b"}""", ("Idempotency-Key", key)))
            .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        // To another member it is another key.
        (await server.OtherUser.PostAsync("/v1/conversations", """{"title":"b"}""", ("Idempotency-Key", key))).Expect(201)
            .Header("Idempotency-Replayed").ShouldBeNull();
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        (await api.PostAsync("/v1/conversations", """{"quality_threshold":11}""", ("Idempotency-Key", key))).ExpectProblem(422, "invalid_value", "quality_threshold");
        (await api.PostAsync("/v1/conversations", """{"quality_threshold":10}""", ("Idempotency-Key", key))).Expect(201);
    }

    [Fact]
    public async Task While_the_first_is_running_a_repeat_is_told_to_wait()
    {
        var conversation = await api.NewConversationAsync();
        var path = $"/v1/conversations/{conversation}/messages";
        await using var connection = await server.Database.Owner.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from conversations where id = $1 for update", connection, holding) { Parameters = { new() { Value = conversation } } })
            await hold.ExecuteNonQueryAsync();
        var first = api.PostAsync(path, """{"content":"Hello"}""", ("Idempotency-Key", key));
        await Testing.Poll.UntilAsync(() => server.Database.ScalarAsync<bool>("select exists (select from idempotency_keys where key = $1)", key));
        var refused = (await api.PostAsync(path, """{"content":"Hello"}""", ("Idempotency-Key", key)))
            .ExpectProblem(409, "idempotency_key_in_use", "Idempotency-Key");
        refused.Header("Retry-After").ShouldBe("1");
        refused.Json.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        await holding.RollbackAsync();
        (await first).Expect(201);
        (await api.PostAsync(path, """{"content":"Hello"}""", ("Idempotency-Key", key))).Expect(201).Header("Idempotency-Replayed").ShouldBe("true");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\u007f")]
    public async Task A_key_that_is_none_is_refused(string wrong)
    {
        var answer = await api.PostAsync("/v1/conversations", "{}", ("Idempotency-Key", wrong));
        answer.ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        (await api.PostAsync("/v1/conversations", "{}", ("Idempotency-Key", key + new string('a', 255 - key.Length)))).Expect(201);
        (await api.PostAsync("/v1/conversations", "{}", ("Idempotency-Key", new string('a', 256)))).ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
    }
}
