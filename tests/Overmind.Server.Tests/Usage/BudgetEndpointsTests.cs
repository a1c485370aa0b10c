using System.Text.Json;

namespace Overmind.Server.Tests.Usage;

public class BudgetEndpointsTests(ApiServers servers)
{
    Api Admin => servers.Fast.Admin;

    [Fact]
    public async Task A_budget_is_made_read_changed_and_removed()
    {
        var project = Guid.CreateVersion7();
        var made = (await Admin.PostAsync(
            "/v1/budgets", $$"""{"name": "{{project}}", "dimension": "project", "subject": "{{project}}", "period": "month", "unit": "money", "limit_amount": "12.5"}""")).Expect(201);
        made.Json.ShouldBeA("budget");
        var read = (await servers.Fast.Viewer.GetAsync($"/v1/budgets/{made.Id}")).Expect(200);
        (read.Json.GetProperty("limit_amount").GetString(), read.Json.GetProperty("currency").GetString(), read.Json.GetProperty("soft_ratio").GetString()).ShouldBe(("12.5", "USD", "0.8"));
        var usage = read.Json.GetProperty("usage");
        (usage.GetProperty("used").GetString(), usage.GetProperty("remaining").GetString(), usage.GetProperty("state").GetString()).ShouldBe(("0", "12.5", "ok"));

        var changed = (await Admin.PatchAsync(
            $"/v1/budgets/{made.Id}", """{"limit_amount": 20, "on_limit": "allow_up_to", "second_limit": "25"}""", ("If-Match", read.Headers["ETag"]))).Expect(200);
        changed.Json.GetProperty("second_limit").GetString().ShouldBe("25");
        (await Admin.PatchAsync($"/v1/budgets/{made.Id}", """{"limit_amount": 1}""", ("If-Match", read.Headers["ETag"]))).ExpectProblem(412, "precondition_failed");
        (await Admin.PatchAsync($"/v1/budgets/{made.Id}", """{"on_limit": "block"}""")).ExpectProblem(422, "invalid_value", "second_limit");
        (await Admin.PatchAsync($"/v1/budgets/{made.Id}", """{"on_limit": "block", "second_limit": null}""")).Expect(200);
        (await Admin.PostAsync("/v1/budgets", $$"""{"name": "{{project}}", "dimension": "organization", "period": "day", "unit": "calls", "limit_amount": 1000000}"""))
            .ExpectProblem(409, "budget_name_taken", "name");
        (await Admin.GetAsync($"/v1/budgets/{made.Id}/subjects")).Expect(200).Json.GetProperty("data")[0].GetProperty("subject").GetString().ShouldBe($"{project}");

        (await Admin.DeleteAsync($"/v1/budgets/{made.Id}")).Expect(200).Json.GetProperty("object").GetString().ShouldBe("budget.deleted");
        (await Admin.GetAsync($"/v1/budgets/{made.Id}")).ExpectProblem(404, "budget_not_found");
    }

    [Fact]
    public async Task A_caller_whose_budget_is_used_up_gets_402_with_the_time_when_it_begins_anew()
    {
        var key = (await Admin.PostAsync("/v1/api_keys", """{"name": "Limited", "scopes": ["playground.run", "conversations.write", "runs.run"]}""")).Expect(201);
        var keyId = key.Json.GetProperty("api_key").GetProperty("id").GetGuid();
        var made = (await Admin.PostAsync(
            "/v1/budgets", $$"""{"name": "{{keyId}}", "dimension": "api_key", "subject": "{{keyId}}", "period": "day", "unit": "calls", "limit_amount": 0}""")).Expect(201);
        using var limited = new Api(Admin.Http.BaseAddress!, key.Json.GetProperty("token").GetString());

        foreach (var refused in new[]
        {
            await limited.PostAsync("/v1/playground", """{"prompt": "Hello", "model": "offline/offline"}"""),
            await limited.PostAsync($"/v1/conversations/{await limited.NewConversationAsync()}/runs", """{"question": "Why?"}"""),
        })
        {
            var problem = refused.ExpectProblem(402, "budget_exceeded");
            problem.Json.GetProperty("budget_id").GetGuid().ShouldBe(made.Id);
            problem.Json.GetProperty("reset_at").GetDateTimeOffset().ShouldBe(made.Json.GetProperty("usage").GetProperty("period_end").GetDateTimeOffset());
            int.Parse(refused.Headers["Retry-After"]).ShouldBeGreaterThan(0);
        }

        await Admin.DeleteAsync($"/v1/budgets/{made.Id}");
        (await limited.PostAsync("/v1/playground", """{"prompt": "Hello", "model": "offline/offline"}""")).Expect(200);
    }

    [Theory]
    [InlineData("limit_amount", "-1", "invalid_value", "limit_amount")]
    [InlineData("limit_amount", "1.5", "invalid_value", "limit_amount")]
    [InlineData("limit_amount", "1e16", "invalid_value", "limit_amount")]
    [InlineData("limit_amount", null, "missing_field", "limit_amount")]
    [InlineData("name", "\"\"", "invalid_value", "name")]
    [InlineData("dimension", "\"team\"", "invalid_value", "dimension")]
    [InlineData("period", "\"year\"", "invalid_value", "period")]
    [InlineData("subject", "\"somebody\"", "invalid_value", "subject")]
    [InlineData("currency", "\"GBP\"", "invalid_value", "currency")]
    [InlineData("soft_ratio", "0", "invalid_value", "soft_ratio")]
    [InlineData("soft_ratio", "1.1", "invalid_value", "soft_ratio")]
    [InlineData("second_limit", "20", "invalid_value", "second_limit")]
    [InlineData("on_limit", "\"allow_up_to\"", "missing_field", "second_limit")]
    public async Task A_budget_that_cannot_be_is_refused(string member, string? value, string code, string param)
    {
        var body = new Dictionary<string, string>
        {
            ["name"] = "\"Odd\"",
            ["dimension"] = "\"user\"",
            ["period"] = "\"day\"",
            ["unit"] = "\"calls\"",
            ["limit_amount"] = "10",
        };
        if (value is null) body.Remove(member);
        else body[member] = value;
        (await Admin.PostAsync("/v1/budgets", $"{{{string.Join(", ", body.Select(b => $"\"{b.Key}\": {b.Value}"))}}}")).ExpectProblem(422, code, param);
    }

    [Fact]
    public async Task Money_in_a_currency_without_a_rate_is_refused() =>
        (await Admin.PostAsync("/v1/budgets", """{"name": "Yen", "dimension": "organization", "period": "day", "unit": "money", "currency": "JPY", "limit_amount": 10}"""))
            .ExpectProblem(422, "currency_without_rate", "currency");
}
