using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests.Tenancy;

public class ProfileEndpointsTests(ApiServers servers)
{
    [Fact]
    public async Task Everybody_writes_their_own_profile_and_the_others_see_it()
    {
        await using var server = await servers.StartAsync();
        var read = (await server.Viewer.GetAsync("/v1/profile")).Expect(200);
        read.Json.ShouldBeA("profile").GetProperty("timezone").GetString().ShouldBe("UTC");
        var changed = (await server.Viewer.PatchAsync(
            "/v1/profile", """{"display_name": "Vera", "avatar_url": "https://example.com/vera.png", "timezone": "Europe/Paris"}""", ("If-Match", read.Header("ETag")!))).Expect(200).Json;
        changed.GetProperty("display_name").GetString().ShouldBe("Vera");
        (await server.Viewer.PatchAsync("/v1/profile", """{"timezone": "UTC"}""", ("If-Match", read.Header("ETag")!))).ExpectProblem(412, "precondition_failed");

        var seen = (await server.User.GetAsync("/v1/members")).Items.Single(m => m.GetProperty("display_name").GetString() == "Vera");
        seen.GetProperty("timezone").GetString().ShouldBe("Europe/Paris");
        seen.GetProperty("avatar_url").GetString().ShouldBe("https://example.com/vera.png");
        (await server.Viewer.PatchAsync("/v1/profile", """{"avatar_url": null}""")).Expect(200).Json.GetProperty("avatar_url").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"display_name": ""}""", 422, "invalid_value", "display_name")]
    [InlineData("""{"avatar_url": "http://example.com/a.png"}""", 422, "invalid_value", "avatar_url")]
    [InlineData("""{"avatar_url": "javascript:alert(1)"}""", 422, "invalid_value", "avatar_url")]
    [InlineData("""{"timezone": "Mars/Olympus"}""", 422, "invalid_value", "timezone")]
    [InlineData("""{"timezone": 1}""", 400, "invalid_type", "timezone")]
    [InlineData("""{"email": "other@first.test"}""", 400, "unknown_field", "email")]
    public async Task What_is_not_valid_is_refused(string body, int status, string code, string param) =>
        (await servers.Fast.User.PatchAsync("/v1/profile", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task What_is_inferred_leaves_what_they_said()
    {
        (await SetAsync("learning_style", """{"trait_value": "visual", "source": "ai_inferred"}""")).Expect(200).Json.ShouldBeA("trait");
        (await SetAsync("learning_style", """{"trait_value": "verbal"}""")).Expect(200).Json.GetProperty("source").GetString().ShouldBe("user_input");
        var kept = (await SetAsync("learning_style", """{"trait_value": "visual", "source": "ai_inferred"}""")).Expect(200).Json;
        (kept.GetProperty("trait_value").GetString(), kept.GetProperty("source").GetString()).ShouldBe(("verbal", "user_input"));

        (await servers.Fast.OtherUser.GetAsync("/v1/traits")).ShouldBeAListOf("trait").ShouldHaveSingleItem().GetProperty("trait_key").GetString().ShouldBe("learning_style");
        (await servers.Fast.Admin.DeleteAsync("/v1/traits/learning_style")).ExpectProblem(404, "trait_not_found");
        (await servers.Fast.OtherUser.DeleteAsync("/v1/traits/learning_style")).Expect(200).Json.GetProperty("object").GetString().ShouldBe("trait.deleted");
        (await SetAsync("Not-a-key", """{"trait_value": "x"}""")).ExpectProblem(422, "invalid_value", "trait_key");
        (await SetAsync("key", """{"trait_value": ""}""")).ExpectProblem(422, "invalid_value", "trait_value");
        (await SetAsync("key", """{"trait_value": "x", "source": "guess"}""")).ExpectProblem(422, "invalid_value", "source");
        (await SetAsync("key", "{}")).ExpectProblem(422, "missing_field", "trait_value");
        (await servers.Fast.Viewer.SendAsync(HttpMethod.Put, "/v1/traits/key", """{"trait_value": "x"}""")).ExpectProblem(403, "forbidden");

        Task<Answer> SetAsync(string key, string body) => servers.Fast.OtherUser.SendAsync(HttpMethod.Put, $"/v1/traits/{key}", body);
    }

    [Fact]
    public async Task Using_a_key_notes_that_its_member_was_there()
    {
        await using var server = await servers.StartAsync();
        (await server.User.GetAsync("/v1/me")).Expect(200);
        await Poll.UntilAsync(async () => (await server.User.GetAsync("/v1/profile")).Json.GetProperty("last_active_at").ValueKind is JsonValueKind.String);
    }
}
