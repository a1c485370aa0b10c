using System.Text.Json;

namespace Overmind.Server.Tests.Usage;

public class PriceEndpointsTests(ApiServers servers)
{
    Api Admin => servers.Fast.Admin;

    [Fact]
    public async Task A_price_is_set_read_changed_and_taken_away()
    {
        var model = NewModel();
        var made = (await Admin.PostAsync("/v1/prices", $$"""
            {"provider": "openai", "model": "{{model}}", "per_million": {"input": 2.50, "output": "10", "cache_write_1h": 5}, "per_call": {"web_search": 0.01},
             "context_above": 1000, "service_tier": "flex", "hours": {"from": "22:00", "to": "06:00"}, "valid_from": "2026-01-01T00:00:00Z", "note": "As agreed."}
            """)).Expect(201);
        made.Header("Location").ShouldBe($"/v1/prices/{made.Id}");
        var price = made.Json.ShouldBeA("price");
        price.GetProperty("source").GetString().ShouldBe("organization");
        price.GetProperty("per_million").GetProperty("input").GetString().ShouldBe("2.5");
        price.GetProperty("per_million").GetProperty("cache_write_1h").GetString().ShouldBe("5");
        price.GetProperty("per_million").GetProperty("reasoning").ValueKind.ShouldBe(JsonValueKind.Null);
        price.GetProperty("per_call").GetProperty("web_search").GetString().ShouldBe("0.01");
        price.GetProperty("hours").GetProperty("to").GetString().ShouldBe("06:00");
        price.GetProperty("valid_to").ValueKind.ShouldBe(JsonValueKind.Null);

        var path = $"/v1/prices/{made.Id}";
        var read = (await servers.Fast.Viewer.GetAsync(path)).Expect(200);
        read.Header("ETag").ShouldBe(made.Header("ETag"));
        var changed = (await Admin.PatchAsync(path, """{"per_million": {"input": 3}, "valid_to": "2027-01-01T00:00:00Z"}""", ("If-Match", read.Header("ETag")!))).Expect(200).Json;
        changed.GetProperty("per_million").GetProperty("input").GetString().ShouldBe("3");
        changed.GetProperty("per_million").GetProperty("output").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("note").GetString().ShouldBe("As agreed.");
        (await Admin.PatchAsync(path, """{"note": null}""", ("If-Match", read.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        (await Admin.PatchAsync(path, """{"valid_to": "2025-01-01T00:00:00Z"}""")).ExpectProblem(422, "invalid_value", "valid_to");
        (await Admin.DeleteAsync(path)).Expect(200).Json.GetProperty("object").GetString().ShouldBe("price.deleted");
        (await Admin.GetAsync(path)).ExpectProblem(404, "price_not_found");
    }

    [Fact]
    public async Task The_prices_that_a_model_may_be_charged_by_are_found_by_any_of_its_names()
    {
        var found = (await servers.Fast.Reader.GetAsync("/v1/prices?provider=openai&model=gpt-4-turbo-2024-04-09")).Expect(200).Json.GetProperty("data");
        found.EnumerateArray().Single().GetProperty("model").GetString().ShouldBe("gpt-4-turbo");
        found[0].GetProperty("source").GetString().ShouldBe("catalogue");
        (await Admin.PatchAsync($"/v1/prices/{found[0].GetProperty("id").GetString()}", """{"note": "Mine."}""")).ExpectProblem(404, "price_not_found")
            .Json.GetProperty("detail").GetString()!.ShouldContain("catalogue");
        (await servers.Fast.Reader.GetAsync("/v1/prices?model=gpt-4-turbo")).ExpectProblem(400, "invalid_parameter", "model");
        (await servers.Fast.Reader.GetAsync("/v1/prices?source=mine")).ExpectProblem(400, "invalid_parameter", "source");
    }

    [Fact]
    public async Task The_list_goes_through_the_whole_catalogue_page_by_page()
    {
        var seen = new HashSet<string>();
        for (var after = ""; ;)
        {
            var page = (await servers.Fast.Reader.GetAsync($"/v1/prices?source=catalogue&provider=openai&limit=50{after}")).Expect(200).Json;
            foreach (var price in page.GetProperty("data").EnumerateArray()) seen.Add(price.GetProperty("id").GetString()!).ShouldBeTrue();
            if (!page.GetProperty("has_more").GetBoolean()) break;
            after = $"&after={page.GetProperty("last_id").GetString()}";
        }

        seen.Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task A_second_price_for_the_same_time_is_refused_unless_it_ends_the_one_before()
    {
        var model = NewModel();
        var first = (await Admin.PostAsync("/v1/prices", $$"""{"provider": "openai", "model": "{{model}}", "per_million": {"input": 1} }""")).Expect(201).Id;
        var second = $$"""{"provider": "openai", "model": "{{model}}", "per_million": {"input": 2}, "valid_from": "2026-06-01T00:00:00Z"ENDS}""";
        (await Admin.PostAsync("/v1/prices", second.Replace("ENDS", "", StringComparison.Ordinal))).ExpectProblem(409, "price_overlap", "valid_from");
        (await Admin.PostAsync("/v1/prices", second.Replace("ENDS", ", \"ends_previous\": true", StringComparison.Ordinal))).Expect(201);
        (await Admin.GetAsync($"/v1/prices/{first}")).Json.GetProperty("valid_to").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("{}", 422, "missing_field", "provider")]
    [InlineData("""{"provider": "openai", "model": "m"}""", 422, "missing_field", "per_million")]
    [InlineData("""{"provider": "Open AI", "model": "m", "per_million": {"input": 1}}""", 422, "invalid_value", "provider")]
    [InlineData("""{"provider": "openai", "model": "a*b", "per_million": {"input": 1}}""", 422, "invalid_value", "model")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": -1}}""", 422, "invalid_value", "per_million.input")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"output": 10001}}""", 422, "invalid_value", "per_million.output")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": 0.00001}}""", 422, "invalid_value", "per_million.input")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": "1.0000000000001"}}""", 422, "invalid_value", "per_million.input")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": "NaN"}}""", 400, "invalid_type", "per_million.input")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"prompt": 1}}""", 400, "unknown_field", "per_million.prompt")]
    [InlineData("""{"provider": "openai", "model": "m", "per_call": {"request": 101}}""", 422, "invalid_value", "per_call.request")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": 1}, "context_above": -1}""", 422, "invalid_value", "context_above")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": 1}, "service_tier": "No tier"}""", 422, "invalid_value", "service_tier")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": 1}, "hours": {"from": "25:00", "to": "06:00"}}""", 422, "invalid_value", "hours")]
    [InlineData("""{"provider": "openai", "model": "m", "per_million": {"input": 1}, "valid_from": "2026-02-01T00:00:00Z", "valid_to": "2026-01-01T00:00:00Z"}""", 422, "invalid_value", "valid_to")]
    public async Task What_is_not_valid_is_refused(string body, int status, string code, string param) =>
        (await Admin.PostAsync("/v1/prices", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_price_of_one_token_is_told_from_that_of_a_million() =>
        (await Admin.PostAsync("/v1/prices", """{"provider": "openai", "model": "m", "per_million": {"input": 0.0000025}}""")).ExpectProblem(422, "invalid_value", "per_million.input")
            .Json.GetProperty("detail").GetString()!.ShouldEndWith("looks like the price of one token. Send 2.5.");

    [Fact]
    public async Task Members_read_prices_and_do_not_set_them()
    {
        var body = """{"provider": "openai", "model": "m", "per_million": {"input": 1}}""";
        (await servers.Fast.User.PostAsync("/v1/prices", body)).ExpectProblem(403, "forbidden");
        (await servers.Fast.Reader.PostAsync("/v1/prices", body)).ExpectProblem(403, "insufficient_scope");
        (await servers.Fast.User.PostAsync("/v1/usage/reprice", """{"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}""")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_model_in_the_list_says_what_it_costs() =>
        (await servers.Fast.Reader.GetAsync("/v1/models?provider=offline")).Expect(200).Json.GetProperty("data")[0].GetProperty("price")
            .GetProperty("per_million").GetProperty("input").GetString().ShouldBe("0");

    [Fact]
    public async Task Usage_is_priced_anew_after_a_look_and_what_has_no_price_is_listed()
    {
        await using var server = await servers.StartAsync();
        await server.Database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, tokens_output, outcome)
            values ($1, $2, 'house', 'talker', 'settled', now(), 1000, 100, 'succeeded')
            """, server.Tenants.First.Admin.OrganizationId!.Value, server.Tenants.First.Admin.UserId!.Value);
        var unpriced = (await server.Admin.GetAsync("/v1/usage/unpriced_models")).Expect(200).Json.ShouldBeA("usage.unpriced_models").GetProperty("data").EnumerateArray().Single();
        (unpriced.GetProperty("provider").GetString(), unpriced.GetProperty("model").GetString(), unpriced.GetProperty("calls").GetInt64()).ShouldBe(("house", "talker", 1));
        await server.Admin.PostAsync("/v1/prices", """{"provider": "house", "model": "*", "per_million": {"input": 1, "output": 2}}""");
        var period = """{"from": "2020-01-01T00:00:00Z", "to": "2099-01-01T00:00:00Z", "provider": "house"APPLY}""";

        var looked = (await server.Admin.PostAsync("/v1/usage/reprice", period.Replace("APPLY", "", StringComparison.Ordinal))).Expect(200).Json.ShouldBeA("usage.repricing");
        (looked.GetProperty("is_applied").GetBoolean(), looked.GetProperty("changed").GetInt64(), looked.GetProperty("difference").GetString()).ShouldBe((false, 1, "0.0012"));
        (await server.Database.ScalarAsync<long>("select count(*) from token_usage where cost is null")).ShouldBe(1);
        (await server.Admin.PostAsync("/v1/usage/reprice", period.Replace("APPLY", ", \"apply\": true", StringComparison.Ordinal))).Expect(200);
        (await server.Database.ScalarAsync<decimal>("select cost from token_usage")).ShouldBe(0.0012m);
        (await server.Admin.GetAsync("/v1/usage/unpriced_models")).Expect(200).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"to": "2026-02-01T00:00:00Z"}""", 422, "missing_field", "from")]
    [InlineData("""{"from": "2026-02-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}""", 422, "invalid_value", "to")]
    [InlineData("""{"from": "yesterday", "to": "2026-02-01T00:00:00Z"}""", 400, "invalid_type", "from")]
    public async Task A_period_that_is_none_is_refused(string body, int status, string code, string param) =>
        (await Admin.PostAsync("/v1/usage/reprice", body)).ExpectProblem(status, code, param);

    static string NewModel() => $"model-{Guid.CreateVersion7()}";
}
