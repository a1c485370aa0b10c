using System.Text.Json;

namespace Overmind.Server.Tests.Tenancy;

public class PreferencesEndpointsTests(ApiServers servers)
{
    [Fact]
    public async Task Everybody_has_their_own_preferences()
    {
        var changed = (await servers.Fast.Viewer.PatchAsync("/v1/preferences", """{"theme": "dark", "auto_save": false, "show_debug_info": true, "notifications_enabled": true}""")).Expect(200);
        changed.Json.ShouldBeA("preferences").GetProperty("theme").GetString().ShouldBe("dark");

        var read = (await servers.Fast.Viewer.GetAsync("/v1/preferences")).Expect(200).Json;
        read.GetProperty("auto_save").GetBoolean().ShouldBeFalse();
        read.GetProperty("keyboard_shortcuts_enabled").GetBoolean().ShouldBeTrue();
        read.GetProperty("notifications_enabled").GetBoolean().ShouldBeTrue();
        (await servers.Fast.User.GetAsync("/v1/preferences")).Expect(200).Json.GetProperty("auto_save").GetBoolean().ShouldBeTrue();

        var reset = (await servers.Fast.Viewer.PatchAsync("/v1/preferences", """{"theme": null, "auto_save": null, "show_debug_info": null, "notifications_enabled": null}""")).Expect(200).Json;
        reset.GetProperty("theme").ValueKind.ShouldBe(JsonValueKind.Null);
        reset.GetProperty("auto_save").GetBoolean().ShouldBeTrue();
        reset.GetProperty("notifications_enabled").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"theme": "sepia"}""", 422, "invalid_value", "theme")]
    [InlineData("""{"show_debug_info": "yes"}""", 400, "invalid_type", "show_debug_info")]
    [InlineData("""{"default_conversation_title": ""}""", 422, "invalid_value", "default_conversation_title")]
    [InlineData("""{"default_conversation_title": "  "}""", 422, "invalid_value", "default_conversation_title")]
    [InlineData("""{"notifications_enabled": 1}""", 400, "invalid_type", "notifications_enabled")]
    [InlineData("""{"notify": true}""", 400, "unknown_field", "notify")]
    public async Task What_is_not_valid_is_refused(string body, int status, string code, string param) =>
        (await servers.Fast.User.PatchAsync("/v1/preferences", body)).ExpectProblem(status, code, param);
}
