using System.Text.Json;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests.Tenancy;

public class OrganizationEndpointsTests(ApiServers servers)
{
    [Fact]
    public async Task Every_member_reads_the_organization_and_who_manages_it_changes_it()
    {
        var read = (await servers.Fast.Viewer.GetAsync("/v1/organization")).Expect(200);
        read.Json.ShouldBeA("organization").GetProperty("status").GetString().ShouldBe("active");
        read.Json.GetProperty("member_count").GetInt64().ShouldBe(4);
        var tag = read.Header("ETag")!;

        (await servers.Fast.User.PatchAsync("/v1/organization", """{"name": "Mine"}""")).ExpectProblem(403, "forbidden");
        var changed = (await servers.Fast.Admin.PatchAsync("/v1/organization", """{"enabled_features": ["chat"], "experimental_features": []}""", ("If-Match", tag))).Expect(200);
        changed.Json.GetProperty("enabled_features").EnumerateArray().Select(f => f.GetString()).ShouldBe(["chat"]);
        (await servers.Fast.Admin.PatchAsync("/v1/organization", """{"name": "Late"}""", ("If-Match", tag))).ExpectProblem(412, "precondition_failed");
    }

    [Theory]
    [InlineData("""{"slug": "second"}""", 409, "slug_taken", "slug")]
    [InlineData("""{"slug": "Not a slug"}""", 422, "invalid_value", "slug")]
    [InlineData("""{"slug": "two--hyphens"}""", 422, "invalid_value", "slug")]
    [InlineData("""{"slug": "admin"}""", 422, "invalid_value", "slug")]
    [InlineData("""{"slug": "0199aaaa-0000-7000-8000-000000000000"}""", 422, "invalid_value", "slug")]
    [InlineData("""{"name": ""}""", 422, "invalid_value", "name")]
    [InlineData("""{"name": " "}""", 422, "invalid_value", "name")]
    [InlineData("""{"name": "a\u0000b"}""", 422, "invalid_text", "name")]
    [InlineData("""{"enabled_features": ["Chat"]}""", 422, "invalid_value", "enabled_features")]
    [InlineData("""{"enabled_features": ["chat", "chat"]}""", 422, "invalid_value", "enabled_features")]
    [InlineData("""{"enabled_features": "chat"}""", 400, "invalid_type", "enabled_features")]
    [InlineData("""{"plan": "enterprise"}""", 400, "unknown_field", "plan")]
    public async Task What_is_not_valid_is_refused(string body, int status, string code, string param) =>
        (await servers.Fast.Admin.PatchAsync("/v1/organization", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_person_makes_another_organization_and_belongs_to_both()
    {
        await using var server = await servers.StartAsync();
        var made = (await server.User.PostAsync("/v1/organizations", """{"name": "Wahl & Söhne"}""", ("Idempotency-Key", "wahl"))).Expect(201);
        made.Json.ShouldBeA("membership").GetProperty("slug").GetString().ShouldBe("wahl-sohne");
        made.Json.GetProperty("role").GetString().ShouldBe("admin");
        (await server.User.PostAsync("/v1/organizations", """{"name": "Wahl & Söhne"}""", ("Idempotency-Key", "wahl"))).Expect(201).Id.ShouldBe(made.Id);
        (await server.OtherUser.PostAsync("/v1/organizations", """{"name": "Wahl Söhne"}""")).Expect(201).Json.GetProperty("slug").GetString()!.ShouldStartWith("wahl-sohne-");
        (await server.OtherUser.PostAsync("/v1/organizations", """{"name": "Wahl", "slug": "wahl-sohne"}""")).ExpectProblem(409, "slug_taken", "slug");

        var mine = (await server.User.GetAsync("/v1/organizations")).ShouldBeAListOf("membership");
        mine.Select(m => (m.GetProperty("slug").GetString(), m.GetProperty("is_current").GetBoolean())).ShouldBe([("first", true), ("wahl-sohne", false)]);
        (await server.Stranger.GetAsync("/v1/organizations")).ShouldBeAListOf("membership").ShouldHaveSingleItem().GetProperty("slug").GetString().ShouldBe("second");
    }

    [Fact]
    public async Task A_suspended_organization_is_read_and_neither_written_nor_spent_in()
    {
        await using var server = await servers.StartAsync();
        var conversation = await server.User.NewConversationAsync();
        await server.Database.ExecuteAsync("select overmind.set_organization_state($1, 'suspended', 'An invoice is open.')", server.Tenants.First.OrganizationId);

        var organization = (await server.User.GetAsync("/v1/organization")).Expect(200).Json;
        organization.GetProperty("suspension_reason").GetString().ShouldBe("An invoice is open.");
        (await server.User.GetAsync($"/v1/conversations/{conversation}")).Expect(200);
        (await server.User.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, "organization_suspended");
        (await server.User.PostAsync("/v1/conversations", "{}", ("Idempotency-Key", "once"))).ExpectProblem(403, "organization_suspended");
        (await server.User.PostAsync($"/v1/conversations/{conversation}/runs", """{"question": "Why?"}""")).ExpectProblem(403, "organization_suspended");
        (await server.User.DeleteAsync($"/v1/conversations/{conversation}")).ExpectProblem(403, "organization_suspended");
        (await server.Admin.PatchAsync("/v1/settings", """{"quality_threshold": 8}""")).ExpectProblem(403, "organization_suspended");
        (await server.Admin.PatchAsync("/v1/organization", """{"name": "Other"}""")).ExpectProblem(403, "organization_suspended");
        (await server.Admin.SendAsync(HttpMethod.Put, "/v1/organization/status", """{"status": "active"}""")).ExpectProblem(403, "organization_suspended");
        (await server.Stranger.PostAsync("/v1/conversations", "{}")).Expect(201);
        var keys = (await server.User.GetAsync("/v1/api_keys")).Items;
        (await server.User.DeleteAsync($"/v1/api_keys/{keys[0].GetProperty("id").GetString()}")).Expect(200);

        await server.Database.ExecuteAsync("select overmind.set_organization_state($1, 'active')", server.Tenants.First.OrganizationId);
        (await server.OtherUser.PostAsync("/v1/conversations", "{}")).Expect(201);
    }

    [Fact]
    public async Task A_run_that_is_at_work_waits_while_its_organization_is_suspended_and_goes_on_when_it_is_not()
    {
        await using var server = await servers.StartAsync(offlineTokensPerSecond: 200);
        var run = await server.User.NewRunAsync();
        await Poll.UntilAsync(async () => (await server.User.GetAsync($"/v1/runs/{run}")).Json.GetProperty("status").GetString() == "running");
        await server.Database.ExecuteAsync("select overmind.set_organization_state($1, 'suspended')", server.Tenants.First.OrganizationId);
        // Put back as it was, with all its attempts.
        await Poll.UntilAsync(async () => await server.Database.ScalarAsync<string>("select status || attempt_count from jobs where kind = 'run'") == "pending0");
        (await server.User.GetAsync($"/v1/runs/{run}")).Json.GetProperty("completed_at").ValueKind.ShouldBe(JsonValueKind.Null);

        await server.Database.ExecuteAsync("select overmind.set_organization_state($1, 'active')", server.Tenants.First.OrganizationId);
        await server.User.GetAsync($"/v1/runs/{run}/events");
        (await server.User.GetAsync($"/v1/runs/{run}")).Json.GetProperty("status").GetString().ShouldBe("succeeded");
        (await server.Database.ScalarAsync<long>("select count(*) from token_usage where status = 'reserved'")).ShouldBe(0);
    }

    [Fact]
    public async Task Members_cancel_it_take_that_back_and_admins_delete_it()
    {
        await using var server = await servers.StartAsync();
        (await server.User.SendAsync(HttpMethod.Put, "/v1/organization/status", """{"status": "cancelled"}""")).ExpectProblem(403, "forbidden");
        var cancelled = (await server.Admin.SendAsync(HttpMethod.Put, "/v1/organization/status", """{"status": "cancelled"}""")).Expect(200).Json.ShouldBeA("organization");
        cancelled.GetProperty("ends_at").ValueKind.ShouldBe(JsonValueKind.String);
        (await server.User.PostAsync("/v1/conversations", "{}")).ExpectProblem(403, "organization_suspended");
        (await server.Admin.SendAsync(HttpMethod.Put, "/v1/organization/status", """{"status": "active"}""")).Expect(200).Json.GetProperty("ends_at").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.User.PostAsync("/v1/conversations", "{}")).Expect(201);
        (await server.Admin.SendAsync(HttpMethod.Put, "/v1/organization/status", """{"status": "suspended"}""")).ExpectProblem(422, "invalid_value", "status");

        (await server.User.DeleteAsync("/v1/organization")).ExpectProblem(403, "forbidden");
        (await server.Admin.DeleteAsync("/v1/organization")).Expect(200).Json.GetProperty("object").GetString().ShouldBe("organization.deleted");
        // The node hears of it by NOTIFY.
        await Poll.UntilAsync(async () => (await server.User.GetAsync("/v1/organization")).Status == 401);
    }
}
