using System.Net;
using Overmind.Client;

namespace Overmind.Server.Tests.Http;

public class EntityTagTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    /// <summary>What is made, changed and deleted with a tag: where it is posted, where it is then, how it is made and changed.</summary>
    public static TheoryData<string, string, string, string> Resources() => new()
    {
        { "/v1/conversations", "/v1/conversations/{id}", "{}", """{"title":"Changed"}""" },
        { "/v1/agents", "/v1/agents/{id}", """{"key":"{key}","name":"Tag","goal":"Tag.","backstory":"Tags."}""", """{"name":"Changed"}""" },
        { "/v1/workflows", "/v1/workflows/{key}", """{"key":"{key}","name":"Tag","agents":["creative"]}""", """{"name":"Changed"}""" },
        { "/v1/schedules", "/v1/schedules/{id}", """{"name":"Tag","cron":"15 7 * * SAT","kind":"ping"}""", """{"name":"Changed"}""" },
        { "/v1/model_providers", "/v1/model_providers/{id}", """{"kind":"ollama","key":"{key}"}""", """{"is_active":false}""" },
    };

    [Theory, MemberData(nameof(Resources))]
    public async Task A_delete_with_a_stale_tag_is_refused_and_with_the_newest_done(string list, string resource, string body, string change)
    {
        var (made, path, changeable) = await MakeAsync(list, resource, body);
        var changed = (await server.Admin.PatchAsync(changeable, change)).Expect(200);

        foreach (var stale in new[] { made.Header("ETag")!, "\"nonsense\"", "\"0\"" })
            (await DeleteAsync(path, stale)).ExpectProblem(412, "precondition_failed");
        (await server.Admin.GetAsync(path)).Expect(200).Text.ShouldBe(changed.Text);
        (await DeleteAsync(path, changed.Header("ETag")!)).Expect(200);
        (await DeleteAsync(path, changed.Header("ETag")!)).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Resources))]
    public async Task A_read_of_what_the_caller_has_is_answered_without_it(string list, string resource, string body, string change)
    {
        var (made, path, changeable) = await MakeAsync(list, resource, body);
        var tag = made.Header("ETag")!;

        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            var same = (await server.Admin.GetAsync(path, ("If-None-Match", known))).Expect(304);
            (same.Text, same.Header("ETag"), same.Header("Content-Type")).ShouldBe(("", tag, null));
        }
        foreach (var other in new[] { "\"other\"", "nonsense", "" })
            (await server.Admin.GetAsync(path, ("If-None-Match", other))).Expect(200).Text.ShouldBe(made.Text);

        var changed = (await server.Admin.PatchAsync(changeable, change, ("If-None-Match", "*"))).Expect(200);
        (await server.Admin.GetAsync(path, ("If-None-Match", tag))).Expect(200).Text.ShouldBe(changed.Text);
    }

    [Fact]
    public async Task Settings_and_a_conversation_with_its_messages_are_read_by_tag_too()
    {
        var settings = (await server.User.GetAsync("/v1/settings")).Expect(200);
        (await server.User.GetAsync("/v1/settings", ("If-None-Match", settings.Header("ETag")!))).Status.ShouldBeOneOf(304, 200);

        var conversation = await server.User.NewConversationAsync();
        var path = $"/v1/conversations/{conversation}?include=messages";
        var empty = (await server.User.GetAsync(path)).Expect(200);
        (await server.User.GetAsync(path, ("If-None-Match", empty.Header("ETag")!))).Expect(304);
        await server.User.NewMessageAsync(conversation, "Hello");
        (await server.User.GetAsync(path, ("If-None-Match", empty.Header("ETag")!))).Expect(200).Text.ShouldContain("Hello");
    }

    [Fact]
    public async Task What_is_only_counted_is_read_anew_and_refuses_no_edit()
    {
        var key = $"tag-{Guid.CreateVersion7():N}";
        var made = (await server.User.PostAsync("/v1/workflows", $$"""{"key":"{{key}}","name":"Tag","agents":["creative"]}""")).Expect(201);
        (await server.Admin.SendAsync(HttpMethod.Put, $"/v1/workflows/{key}/rating", """{"rating":5}""")).Expect(200);

        var rated = (await server.User.GetAsync($"/v1/workflows/{key}", ("If-None-Match", made.Header("ETag")!))).Expect(200);
        rated.Json.GetProperty("rating").GetDouble().ShouldBe(5);
        (await server.User.PatchAsync($"/v1/workflows/{key}/versions/1", """{"name":"Changed"}""", ("If-Match", made.Header("ETag")!))).Expect(200);
    }

    [Fact]
    public async Task The_client_deletes_what_is_as_it_was_read_alone()
    {
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        var agent = await client.Agents.CreateAsync(new() { Key = $"tag-{Guid.CreateVersion7():N}", Name = "Tag", Goal = "Tag.", Backstory = "Tags." });
        var changed = await client.Agents.UpdateAsync(agent.Id, new() { Name = "Changed" });

        (await Should.ThrowAsync<OvermindApiException>(() => client.Agents.DeleteAsync(agent.Id, agent.UpdatedAt))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        await client.Agents.DeleteAsync(agent.Id, changed.UpdatedAt);
        var conversation = await client.Conversations.CreateAsync();
        await client.Conversations.DeleteAsync(conversation.Id, conversation.UpdatedAt);
    }

    async Task<(Answer Made, string Path, string Changeable)> MakeAsync(string list, string resource, string body)
    {
        var key = $"tag-{Guid.CreateVersion7():N}";
        var made = (await server.Admin.PostAsync(list, body.Replace("{key}", key))).Expect(201);
        var path = resource.Replace("{id}", made.Id.ToString()).Replace("{key}", key);
        return (made, path, list == "/v1/workflows" ? $"{path}/versions/1" : path);
    }

    Task<Answer> DeleteAsync(string path, string tag) => server.Admin.SendAsync(HttpMethod.Delete, path, null, ("If-Match", tag));
}
