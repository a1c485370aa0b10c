using System.Text.Json;

namespace Overmind.Server.Tests.Tenancy;

public class SubscriptionEndpointsTests(ApiServers servers)
{
    [Fact]
    public async Task Tiers_are_listed_from_the_lowest()
    {
        var tiers = (await servers.Fast.Viewer.GetAsync("/v1/tiers")).ShouldBeAListOf("subscription_tier");
        tiers.Select(t => t.GetProperty("tier_name").GetString()).ShouldBe(["free", "pro", "enterprise"]);
        tiers[1].GetProperty("price_usd").GetString().ShouldBe("20");
        tiers[2].GetProperty("monthly_token_limit").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task One_goes_up_at_once_and_down_at_the_end_of_the_period()
    {
        await using var server = await servers.StartAsync();
        (await server.User.GetAsync("/v1/subscription")).Expect(200).Json.ShouldBeA("subscription").GetProperty("tier").GetString().ShouldBe("free");
        (await PutAsync(server.User, "pro")).ExpectProblem(403, "forbidden", "tier");
        (await PutAsync(server.User, "gold")).ExpectProblem(422, "invalid_value", "tier");
        (await server.User.SendAsync(HttpMethod.Put, "/v1/subscription", "{}")).ExpectProblem(422, "missing_field", "tier");
        await server.Database.ExecuteAsync("update subscription_tiers set is_offered = true where tier_name = 'pro'");
        (await PutAsync(server.Viewer, "pro")).ExpectProblem(403, "forbidden");

        (await PutAsync(server.User, "pro")).Expect(200).Json.GetProperty("tier").GetString().ShouldBe("pro");
        var down = (await PutAsync(server.User, "free")).Expect(200).Json;
        (down.GetProperty("tier").GetString(), down.GetProperty("next_tier").GetString()).ShouldBe(("pro", "free"));
        (await PutAsync(server.User, "pro")).Expect(200).Json.GetProperty("next_tier").ValueKind.ShouldBe(JsonValueKind.Null);

        var viewer = (await server.Admin.GetAsync("/v1/members")).Items.Single(m => m.GetProperty("role").GetString() == "viewer").GetProperty("id").GetString();
        (await server.User.GetAsync($"/v1/members/{viewer}/subscription")).ExpectProblem(403, "forbidden");
        (await server.Admin.SendAsync(HttpMethod.Put, $"/v1/members/{viewer}/subscription", """{"tier": "pro"}""")).Expect(200);
        (await server.Viewer.GetAsync("/v1/subscription")).Expect(200).Json.GetProperty("tier").GetString().ShouldBe("pro");
    }

    static Task<Answer> PutAsync(Api api, string tier) => api.SendAsync(HttpMethod.Put, "/v1/subscription", JsonSerializer.Serialize(new { tier }));
}
