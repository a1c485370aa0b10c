using System.Text.Json;
using Overmind.Client;
using Overmind.Testing;

namespace Overmind.Server.Tests.Conversations;

public sealed class ModerationEndpointsTests(ApiServers servers) : IAsyncLifetime
{
    ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await servers.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_blocked_is_stored_for_the_review_and_no_model_is_asked()
    {
        await SetAsync("""{"patterns": [{"code": "codename", "pattern": "project heron", "action": "block"}], "personal_data": {"email": "flag"}}""");
        var conversation = await _server.User.NewConversationAsync();
        // The rules are kept on the node, which is told of the change.
        await Poll.UntilAsync(async () =>
            (await _server.User.PostAsync($"/v1/conversations/{conversation}/messages", """{"content": "Write to ada@example.org"}""")).Expect(201).Json.Text("moderation_status") == "flagged");

        var refused = (await _server.User.PostAsync($"/v1/conversations/{conversation}/runs", """{"question": "What is Project Heron?"}""")).ExpectProblem(422, "message_blocked", "question");
        refused.Json.Text("detail").ShouldNotBeNull().ShouldContain("codename");
        (await _server.User.GetAsync($"/v1/runs?conversation_id={conversation}")).Items.ShouldBeEmpty();

        var admin = new OvermindClient(_server.Url, _server.Admin.Key!);
        (await _server.Admin.GetAsync("/v1/moderation/messages?status=blocked")).ShouldBeAListOf("moderation.message").ShouldHaveSingleItem();
        var blocked = (await admin.Moderation.ListAsync(status: "blocked")).Items.ShouldHaveSingleItem();
        (blocked.Content, blocked.Flags[0].Code, blocked.Flags[0].Source).ShouldBe(("What is Project Heron?", "codename", "rule"));
        (await _server.User.PostAsync($"/v1/conversations/{conversation}/messages/{blocked.Id}/regenerate")).ExpectProblem(422, "message_blocked", "message_id");
        (await admin.Moderation.ApproveAsync(blocked.Id, "It is no secret any more.")).Status.ShouldBe("approved");
        (await admin.Moderation.ListAsync(status: "blocked")).Items.ShouldBeEmpty();
        (await _server.User.PostAsync($"/v1/conversations/{conversation}/messages/{blocked.Id}/regenerate")).Expect(202);
    }

    [Fact]
    public async Task The_review_is_for_who_may_and_says_what_is_wrong()
    {
        (await _server.User.GetAsync("/v1/moderation/messages")).ExpectProblem(403, "forbidden");
        (await _server.User.PostAsync($"/v1/moderation/messages/{Guid.CreateVersion7()}/approve")).ExpectProblem(403, "forbidden");
        (await _server.Admin.PostAsync($"/v1/moderation/messages/{Guid.CreateVersion7()}/block")).ExpectProblem(404, "message_not_found");
        (await _server.Admin.GetAsync("/v1/moderation/messages?status=approved")).ExpectProblem(400, "invalid_parameter", "status");
        (await _server.Admin.PostAsync($"/v1/moderation/messages/{Guid.CreateVersion7()}/block", $$"""{"reason": "{{new string('x', 501)}}"}""")).ExpectProblem(422, "invalid_value", "reason");
    }

    [Theory]
    [InlineData("""{"patterns": [{"code": "a", "pattern": "(", "action": "flag"}]}""", 422, "invalid_value", "moderation.patterns[0].pattern")]
    [InlineData("""{"patterns": [{"code": "a", "pattern": "(?=a)", "action": "flag"}]}""", 422, "invalid_value", "moderation.patterns[0].pattern")]
    [InlineData("""{"patterns": [{"pattern": "a", "action": "flag"}]}""", 422, "missing_field", "moderation.patterns[0].code")]
    [InlineData("""{"patterns": [{"code": "a", "pattern": "a", "action": "hide"}]}""", 422, "invalid_value", "moderation.patterns[0].action")]
    [InlineData("""{"patterns": ["a"]}""", 400, "invalid_type", "moderation.patterns[0]")]
    [InlineData("""{"personal_data": {"shoe_size": "flag"}}""", 400, "unknown_field", "moderation.personal_data.shoe_size")]
    [InlineData("""{"size": {"max_characters": 0, "action": "flag"}}""", 422, "invalid_value", "moderation.size.max_characters")]
    [InlineData("""{"hook_endpoint_id": "x"}""", 400, "invalid_type", "moderation.hook_endpoint_id")]
    [InlineData("""{"hook_endpoint_id": "01890000-0000-7000-8000-000000000000"}""", 422, "invalid_value", "moderation.hook_endpoint_id")]
    public async Task Rules_that_are_none_are_refused_by_their_member(string moderation, int status, string code, string param) =>
        (await _server.Admin.PatchAsync("/v1/settings", $$"""{"moderation": {{moderation}}}""")).ExpectProblem(status, code, param);

    [Fact]
    public async Task Rules_are_read_as_they_were_set()
    {
        await SetAsync("""{"patterns": [{"code": "a", "pattern": "b", "action": "flag"}], "personal_data": {"card": "block"}, "size": {"max_characters": 9, "action": "off"}, "pending_reaches_models": false}""");
        var settings = (await new OvermindClient(_server.Url, _server.User.Key!).Settings.GetAsync()).Moderation;
        (settings.Patterns[0], settings.PersonalData.Card, settings.PersonalData.Email, settings.Size, settings.PendingReachesModels)
            .ShouldBe((new ModerationPattern("a", "b", "flag"), "block", "off", new ModerationSize(9, "off"), false));
        (await _server.Admin.PatchAsync("/v1/settings", """{"moderation": null}""")).Expect(200).Json.GetProperty("moderation").GetProperty("patterns").GetArrayLength().ShouldBe(0);
    }

    async Task SetAsync(string moderation) => (await _server.Admin.PatchAsync("/v1/settings", $$"""{"moderation": {{moderation}}}""")).Expect(200);
}
