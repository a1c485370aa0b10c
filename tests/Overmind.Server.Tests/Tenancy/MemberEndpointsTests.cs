using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests.Tenancy;

public class MemberEndpointsTests(ApiServers servers)
{
    [Fact]
    public async Task Members_see_each_other_and_who_manages_them_sees_addresses()
    {
        var seen = (await servers.Fast.Viewer.GetAsync("/v1/members")).ShouldBeAListOf("member");
        seen.Count.ShouldBe(4);
        seen.Where(m => m.GetProperty("email").ValueKind is JsonValueKind.String).ShouldHaveSingleItem().GetProperty("email").GetString().ShouldBe("viewer@first.test");
        (await servers.Fast.Admin.GetAsync("/v1/members")).Items.Select(m => m.GetProperty("email").GetString())
            .ShouldBe(["admin@first.test", "user@first.test", "other@first.test", "viewer@first.test"], ignoreOrder: true);
        (await servers.Fast.Stranger.GetAsync($"/v1/members/{seen[0].GetProperty("id").GetString()}")).ExpectProblem(404, "member_not_found");
        (await servers.Fast.Admin.GetAsync("/v1/members/none")).ExpectProblem(404, "member_not_found");
    }

    [Fact]
    public async Task Roles_and_permissions_are_given_by_who_may_and_hold_at_once()
    {
        await using var server = await servers.StartAsync();
        var user = await MemberAsync(server, "user@first.test");
        var other = await MemberAsync(server, "other@first.test");
        (await server.OtherUser.PatchAsync($"/v1/members/{user}", """{"role": "viewer"}""")).ExpectProblem(403, "forbidden");
        (await server.Admin.PatchAsync($"/v1/members/{user}", """{"permissions": ["content.manage"]}""")).ExpectProblem(422, "invalid_value", "permissions");
        (await server.Admin.PatchAsync($"/v1/members/{user}", """{"permissions": ["everything"]}""")).ExpectProblem(422, "invalid_value", "permissions[0]");
        (await server.Admin.PatchAsync($"/v1/members/{user}", """{"role": "owner"}""")).ExpectProblem(422, "invalid_value", "role");

        var granted = (await server.Admin.PatchAsync($"/v1/members/{user}", """{"permissions": ["members.manage", "organization.manage"]}""")).Expect(200).Json;
        granted.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldBe(["organization.manage", "members.manage"]);
        await Poll.UntilAsync(async () => (await server.User.GetAsync("/v1/me")).Json.ShouldBeA("me").GetProperty("permissions").EnumerateArray().Any(p => p.GetString() == "members.manage"));

        (await server.User.PatchAsync($"/v1/members/{other}", """{"role": "viewer", "display_name": "Other"}""")).Expect(200).Json.GetProperty("role").GetString().ShouldBe("viewer");
        (await server.User.PatchAsync($"/v1/members/{other}", """{"role": "admin"}""")).ExpectProblem(403, "forbidden");
        (await server.User.PatchAsync($"/v1/members/{other}", """{"permissions": []}""")).ExpectProblem(403, "forbidden");
        (await server.User.PatchAsync("/v1/settings", """{"quality_threshold": 8}""")).Expect(200);
        (await server.User.PatchAsync("/v1/organization", """{"name": "Renamed"}""")).Expect(200);
        (await server.User.DeleteAsync("/v1/organization")).ExpectProblem(403, "forbidden");
        (await server.User.PostAsync("/v1/model_providers", """{"kind": "ollama"}""")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task Removing_a_member_ends_their_keys_and_the_last_admin_stays()
    {
        await using var server = await servers.StartAsync();
        var user = await MemberAsync(server, "user@first.test");
        var admin = await MemberAsync(server, "admin@first.test");
        var viewer = await MemberAsync(server, "viewer@first.test");
        (await server.OtherUser.DeleteAsync($"/v1/members/{user}")).ExpectProblem(403, "forbidden");
        (await server.Stranger.DeleteAsync($"/v1/members/{user}")).ExpectProblem(404, "member_not_found");
        (await server.Admin.DeleteAsync($"/v1/members/{user}")).Expect(200).Json.GetProperty("object").GetString().ShouldBe("member.deleted");
        await Poll.UntilAsync(async () => (await server.User.GetAsync("/v1/me")).Status == 401);
        (await server.Admin.DeleteAsync($"/v1/members/{user}")).ExpectProblem(404, "member_not_found");

        (await server.Admin.DeleteAsync($"/v1/members/{admin}")).ExpectProblem(409, "last_admin");
        (await server.Admin.PatchAsync($"/v1/members/{admin}", """{"role": "user"}""")).ExpectProblem(409, "last_admin");
        (await server.Viewer.DeleteAsync($"/v1/members/{viewer}")).Expect(200);
    }

    static async Task<string> MemberAsync(ApiServer server, string email) =>
        (await server.Admin.GetAsync("/v1/members")).Items.Single(m => m.GetProperty("email").GetString() == email).GetProperty("id").GetString()!;
}
