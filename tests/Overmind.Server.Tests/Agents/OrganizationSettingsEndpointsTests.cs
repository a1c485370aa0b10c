using System.Text.Json;
using Overmind.Agents;
using Overmind.Client;

namespace Overmind.Server.Tests.Agents;

public class OrganizationSettingsEndpointsTests(ApiServers servers)
{
    Api Admin => servers.Fast.Admin;

    [Fact]
    public async Task An_admin_changes_settings_and_every_member_reads_them()
    {
        var changed = (await Admin.PatchAsync("/v1/settings", """
            {"default_llm_provider": "offline", "default_model": "offline", "models": {"judge": "offline/offline"}, "cost_cap_usd": "90000.5", "deadline_seconds": 86400}
            """)).Expect(200);
        changed.Json.ShouldBeA("organization.settings").GetProperty("default_model").GetString().ShouldBe("offline");

        var read = (await servers.Fast.User.GetAsync("/v1/settings")).Expect(200);
        read.Header("ETag").ShouldBe(changed.Header("ETag"));
        read.Json.GetProperty("cost_cap_usd").GetString().ShouldBe("90000.5");
        read.Json.GetProperty("models").GetProperty("judge").GetString().ShouldBe("offline/offline");

        (await Admin.PatchAsync("/v1/settings", """{"default_llm_provider": null, "default_model": null, "models": null, "cost_cap_usd": null}""", ("If-Match", read.Header("ETag")!)))
            .Expect(200).Json.GetProperty("default_model").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Admin.PatchAsync("/v1/settings", """{"deadline_seconds": null}""", ("If-Match", read.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        (await Admin.PatchAsync("/v1/settings", """{"deadline_seconds": null}""")).Expect(200);
    }

    [Fact]
    public async Task How_long_conversations_are_kept_and_whether_runs_are_counted_are_settings_with_defaults()
    {
        var changed = (await Admin.PatchAsync("/v1/settings", """{"data_retention_days": 36500, "enable_analytics": false}""")).Expect(200).Json;
        changed.GetProperty("data_retention_days").GetInt32().ShouldBe(36500);
        changed.GetProperty("enable_analytics").GetBoolean().ShouldBeFalse();

        var reset = (await Admin.PatchAsync("/v1/settings", """{"data_retention_days": null, "enable_analytics": null}""")).Expect(200).Json;
        reset.GetProperty("data_retention_days").ValueKind.ShouldBe(JsonValueKind.Null);
        reset.GetProperty("enable_analytics").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_admin_asks_how_many_conversations_a_number_of_days_would_delete()
    {
        var preview = (await Admin.GetAsync("/v1/settings/retention?data_retention_days=36500")).Expect(200).Json.ShouldBeA("retention.preview");
        (preview.GetProperty("data_retention_days").GetInt32(), preview.GetProperty("conversation_count").GetInt64()).ShouldBe((36_500, 0));
        (await new OvermindClient(servers.Fast.Url, Admin.Key!).Settings.PreviewRetentionAsync(36_500)).ConversationCount.ShouldBe(0);

        (await Admin.GetAsync("/v1/settings/retention")).ExpectProblem(400, "invalid_parameter", "data_retention_days");
        (await Admin.GetAsync("/v1/settings/retention?data_retention_days=soon")).ExpectProblem(400, "invalid_parameter", "data_retention_days");
        (await Admin.GetAsync("/v1/settings/retention?data_retention_days=0")).ExpectProblem(422, "invalid_value", "data_retention_days");
        (await Admin.GetAsync("/v1/settings/retention?days=5")).ExpectProblem(400, "invalid_parameter", "days");
        (await servers.Fast.User.GetAsync("/v1/settings/retention?data_retention_days=5")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task How_long_the_audit_log_is_kept_is_a_setting_and_what_that_would_delete_is_asked_first()
    {
        await using var server = await servers.StartAsync();
        await server.Database.ExecuteAsync("delete from audit_logs");
        var client = new OvermindClient(server.Url, server.Admin.Key!);
        (await client.Settings.UpdateAsync(new OrganizationSettingsChanges { AuditRetentionDays = 400 })).AuditRetentionDays.ShouldBe(400);
        (await server.Database.ScalarAsync<int?>("select overmind.audit_retention_days(settings) from organizations where id = $1", server.Tenants.First.OrganizationId)).ShouldBe(400);
        (await client.Settings.UpdateAsync(new OrganizationSettingsChanges { Clear = ["audit_retention_days"] })).AuditRetentionDays.ShouldBeNull();
        await server.Database.ExecuteAsync("update audit_logs set created_at = created_at - interval '31 days'");

        var preview = (await server.Admin.GetAsync("/v1/settings/audit_retention?audit_retention_days=30")).Expect(200).Json.ShouldBeA("audit_retention.preview");
        (preview.GetProperty("audit_retention_days").GetInt32(), preview.GetProperty("audit_log_count").GetInt64()).ShouldBe((30, 2));
        (await client.Settings.PreviewAuditRetentionAsync(32)).AuditLogCount.ShouldBe(0);
        (await server.Admin.GetAsync("/v1/settings/audit_retention")).ExpectProblem(400, "invalid_parameter", "audit_retention_days");
        (await server.Admin.GetAsync("/v1/settings/audit_retention?audit_retention_days=29")).ExpectProblem(422, "invalid_value", "audit_retention_days");
        (await server.User.GetAsync("/v1/settings/audit_retention?audit_retention_days=30")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task The_servers_schema_takes_what_the_server_takes_and_refuses_what_it_refuses()
    {
        var schema = (await servers.Fast.Anonymous.GetAsync("/openapi/organization_settings.json")).Expect(200);
        schema.Header("Content-Type").ShouldBe("application/schema+json");
        AnswerSchema.Fault(schema.Text).ShouldBeNull();
        AnswerSchema.Violation(schema.Text, """
            {"default_llm_provider": "openai", "default_model": "gpt-4-turbo", "quality_threshold": 9.0, "max_n2_iterations": 4, "enable_analytics": true, "data_retention_days": 90}
            """).ShouldBeNull();
        AnswerSchema.Violation(schema.Text, """{"models": {"judges": "offline/offline"}}""")!.ShouldContain("/models/judges");
        foreach (var wrong in new[] { """{"quality_threshold": 11}""", """{"audit_retention_days": 29}""", """{"enable_analytics": "no"}""", """{"keep_for_days": 90}""" })
            AnswerSchema.Violation(schema.Text, wrong).ShouldNotBeNull(wrong);
    }

    [Fact]
    public async Task Only_an_admin_changes_them() =>
        (await servers.Fast.User.PatchAsync("/v1/settings", """{"quality_threshold": 1}""")).ExpectProblem(403, "forbidden");

    [Theory]
    [InlineData("""{"quality_threshold": 10.5}""", 422, "invalid_value", "quality_threshold")]
    [InlineData("""{"max_n2_iterations": 0}""", 422, "invalid_value", "max_n2_iterations")]
    [InlineData("""{"max_n2_iterations": "4"}""", 400, "invalid_type", "max_n2_iterations")]
    [InlineData("""{"cost_cap_usd": 0}""", 422, "invalid_value", "cost_cap_usd")]
    [InlineData("""{"default_model": "gpt-4-turbo"}""", 422, "invalid_value", "default_llm_provider")]
    [InlineData("""{"default_llm_provider": "openai", "default_model": null}""", 422, "invalid_value", "default_model")]
    [InlineData("""{"default_llm_provider": "nobody", "default_model": "m"}""", 424, "model_unavailable", "default_model")]
    [InlineData("""{"models": {"judge": "offline"}}""", 422, "invalid_value", "models.judge")]
    [InlineData("""{"models": {"judges": "offline/offline"}}""", 400, "unknown_field", "models.judges")]
    [InlineData("""{"data_retention_days": 0}""", 422, "invalid_value", "data_retention_days")]
    [InlineData("""{"data_retention_days": 36501}""", 422, "invalid_value", "data_retention_days")]
    [InlineData("""{"audit_retention_days": 29}""", 422, "invalid_value", "audit_retention_days")]
    [InlineData("""{"data_retention_days": 1.5}""", 400, "invalid_type", "data_retention_days")]
    [InlineData("""{"enable_analytics": "no"}""", 400, "invalid_type", "enable_analytics")]
    [InlineData("""{"keep_for_days": 90}""", 400, "unknown_field", "keep_for_days")]
    public async Task What_is_not_valid_is_refused_and_changes_nothing(string body, int status, string code, string param)
    {
        var before = (await Admin.GetAsync("/v1/settings")).Header("ETag");
        (await Admin.PatchAsync("/v1/settings", body)).ExpectProblem(status, code, param);
        (await Admin.GetAsync("/v1/settings")).Header("ETag").ShouldBe(before);
    }
}
