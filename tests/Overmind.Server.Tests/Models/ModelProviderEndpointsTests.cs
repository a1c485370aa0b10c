using System.Text.Json;

namespace Overmind.Server.Tests.Models;

public class ModelProviderEndpointsTests(ApiServers servers)
{
    const string Secret = "sk-0123456789abcdefghijklmn";

    static int s_next;

    Api Admin => servers.Fast.Admin;

    [Fact]
    public async Task A_provider_is_connected_read_changed_and_removed()
    {
        var key = NewKey();
        var made = (await Admin.PostAsync("/v1/model_providers", $$"""
            {"kind": "openai", "key": "{{key}}", "base_url": "http://127.0.0.1:9/v1", "secret": "{{Secret}}", "settings": {"call_timeout": 30} }
            """)).Expect(201);
        made.Json.ShouldBeA("model_provider");
        made.Header("Location").ShouldBe($"/v1/model_providers/{made.Id}");
        made.Text.ShouldNotContain(Secret);
        made.Json.GetProperty("secret_hint").GetString().ShouldBe("klmn");
        made.Json.GetProperty("settings").GetProperty("call_timeout").GetDouble().ShouldBe(30);

        var path = $"/v1/model_providers/{made.Id}";
        var read = (await servers.Fast.Viewer.GetAsync(path)).Expect(200);
        read.Header("ETag").ShouldBe(made.Header("ETag"));
        (await Admin.PatchAsync(path, """{"settings": {}, "is_active": false}""", ("If-Match", read.Header("ETag")!))).Expect(200)
            .Json.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        (await Admin.PatchAsync(path, """{"is_active": true}""", ("If-Match", read.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        (await Admin.PatchAsync(path, """{"base_url": "http://127.0.0.1:10/v1"}""")).ExpectProblem(422, "missing_field", "secret");
        (await Admin.PatchAsync(path, """{"base_url": "http://127.0.0.1:10/v1", "secret": null}""")).Expect(200)
            .Json.GetProperty("secret_hint").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Admin.DeleteAsync(path)).Expect(200).Json.GetProperty("object").GetString().ShouldBe("model_provider.deleted");
        (await Admin.GetAsync(path)).ExpectProblem(404, "model_provider_not_found");
    }

    [Fact]
    public async Task A_provider_that_is_down_fails_its_test_and_is_told_in_the_list_of_models()
    {
        var key = NewKey();
        var made = (await Admin.PostAsync("/v1/model_providers", $$"""
            {"kind": "ollama", "key": "{{key}}", "base_url": "http://127.0.0.1:9", "settings": {"max_retries": 0} }
            """)).Expect(201);

        var failed = (await Admin.PostAsync($"/v1/model_providers/{made.Id}/test", """{"model": "m"}""")).ExpectProblem(424, "model_unreachable");
        failed.Json.GetProperty("detail").GetString()!.ShouldContain("http://127.0.0.1:9");
        (await Admin.GetAsync($"/v1/model_providers/{made.Id}")).Json.GetProperty("last_test_error").GetString()!.ShouldContain("cannot be reached");
        var models = (await servers.Fast.Reader.GetAsync($"/v1/models?provider={key}")).Expect(200).Json.ShouldBeA("model_list");
        models.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("model_unreachable");
        (await Admin.DeleteAsync($"/v1/model_providers/{made.Id}")).Expect(200);
    }

    [Fact]
    public async Task The_offline_model_comes_first() =>
        (await servers.Fast.Reader.GetAsync("/v1/models?provider=offline")).Expect(200).Json.GetProperty("data")[0].ShouldBeA("model")
            .GetProperty("id").GetString().ShouldBe("offline/offline");

    [Theory]
    [InlineData("{}", 422, "missing_field", "kind")]
    [InlineData("""{"kind": "cohere", "secret": "x"}""", 422, "invalid_value", "kind")]
    [InlineData("""{"kind": "openai"}""", 422, "missing_field", "secret")]
    [InlineData("""{"kind": "openai", "api_key": "x"}""", 400, "unknown_field", "api_key")]
    [InlineData("""{"kind": "ollama", "is_active": "yes"}""", 400, "invalid_type", "is_active")]
    [InlineData("""{"kind": "ollama", "settings": {"call_timeout": 0}}""", 422, "invalid_value", "settings.call_timeout")]
    [InlineData("""{"kind": "ollama", "settings": {"timeout": 1}}""", 400, "unknown_field", "settings.timeout")]
    public async Task What_is_not_valid_is_refused(string body, int status, string code, string param) =>
        (await Admin.PostAsync("/v1/model_providers", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_secret_is_stored_for_no_repeat_and_only_admins_write()
    {
        var body = $$"""{"kind": "ollama", "key": "{{NewKey()}}", "secret": "{{Secret}}"}""";
        (await Admin.PostAsync("/v1/model_providers", body, ("Idempotency-Key", "once"))).ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
        (await servers.Fast.User.PostAsync("/v1/model_providers", body)).ExpectProblem(403, "forbidden");
        (await servers.Fast.Reader.PostAsync("/v1/model_providers", body)).ExpectProblem(403, "insufficient_scope");
    }

    [Fact]
    public async Task Another_organization_sees_nothing_of_it()
    {
        var made = (await Admin.PostAsync("/v1/model_providers", $$"""{"kind": "ollama", "key": "{{NewKey()}}"}""")).Expect(201);
        var path = $"/v1/model_providers/{made.Id}";
        (await servers.Fast.Stranger.GetAsync(path)).ExpectProblem(404, "model_provider_not_found");
        (await servers.Fast.Stranger.PatchAsync(path, "{}")).ExpectProblem(404, "model_provider_not_found");
        (await servers.Fast.Stranger.PostAsync($"{path}/test")).ExpectProblem(404, "model_provider_not_found");
        (await servers.Fast.Stranger.DeleteAsync(path)).ExpectProblem(404, "model_provider_not_found");
        (await Admin.DeleteAsync(path)).Expect(200);
    }

    static string NewKey() => $"test-{Interlocked.Increment(ref s_next)}";
}
