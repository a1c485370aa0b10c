using System.Text.Json;
using Overmind.Server.Audit;
using Overmind.Server.Tests.Access;
using Overmind.Testing;

namespace Overmind.Server.Tests.Audit;

/// <summary>No route that changes something is forgotten.</summary>
public sealed class AuditedRoutesTests(ApiServers servers) : IAsyncLifetime
{
    ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await servers.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Each_route_that_changes_something_is_audited_or_says_why_not()
    {
        var changing = Operations().Where(operation => !operation.StartsWith("GET ", StringComparison.Ordinal)).ToList();
        changing.Except(AuditedRoutes.Acts.Keys).Except(AuditedRoutes.NotAudited.Keys).ShouldBeEmpty("name the act of each in AuditedRoutes, or why it needs none");
        AuditedRoutes.Acts.Keys.Concat(AuditedRoutes.NotAudited.Keys).Except(Operations()).ShouldBeEmpty("there is no such route any more");
        AuditedRoutes.Acts.Keys.Intersect(AuditedRoutes.NotAudited.Keys).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_audited_route_that_changes_something_leaves_its_row_with_where_it_came_from()
    {
        var admin = _server.Admin;
        var called = new List<string>();

        var conversation = await admin.NewConversationAsync();
        await CallAsync("PATCH /v1/conversations/{conversation_id}", $"/v1/conversations/{conversation}", """{"visibility": "organization"}""");
        await CallAsync("DELETE /v1/conversations/{conversation_id}", $"/v1/conversations/{conversation}");
        await CallAsync("POST /v1/conversations/{conversation_id}/restore", $"/v1/conversations/{conversation}/restore");

        var shown = await admin.NewConversationAsync();
        var message = (await admin.PostAsync($"/v1/conversations/{shown}/messages", """{"content": "Shown"}""")).Expect(201).Id;
        var share = (await CallAsync("POST /v1/conversations/{conversation_id}/shares", $"/v1/conversations/{shown}/shares")).Json.GetProperty("share").GetProperty("id").GetGuid();
        await CallAsync("DELETE /v1/shares/{share_id}", $"/v1/shares/{share}");
        await CallAsync("POST /v1/moderation/messages/{message_id}/block", $"/v1/moderation/messages/{message}/block");
        await CallAsync("POST /v1/moderation/messages/{message_id}/approve", $"/v1/moderation/messages/{message}/approve");

        var memory = (await admin.PostAsync("/v1/memories", """{"memory_type": "semantic", "content": "Audited: yes", "category": "audited"}""")).Expect(201).Id;
        await CallAsync("PATCH /v1/memories/{memory_id}", $"/v1/memories/{memory}", """{"visibility": "organization"}""");
        await CallAsync("DELETE /v1/memories/{memory_id}", $"/v1/memories/{memory}");
        await CallAsync("POST /v1/memories/{memory_id}/restore", $"/v1/memories/{memory}/restore");
        await _server.Database.ExecuteAsync("update memories set created_at = now() - interval '200 days', last_accessed_at = now() - interval '200 days', importance = 0");
        await CallAsync("POST /v1/memories/prune", "/v1/memories/prune", """{"dry_run": false}""");
        (await admin.PostAsync($"/v1/memories/{memory}/restore")).Expect(200);
        await CallAsync("POST /v1/memories/delete", "/v1/memories/delete", """{"category": "audited", "expected_count": 1}""");

        var agent = (await CallAsync("POST /v1/agents", "/v1/agents", """{"key": "own", "name": "Own", "role": "Own", "goal": "Help", "backstory": "You help."}""")).Id;
        var datastore = (await CallAsync("POST /v1/datastores", "/v1/datastores", """{"name": "Audited"}""")).Id;
        await CallAsync("PATCH /v1/datastores/{datastore_id}", $"/v1/datastores/{datastore}", """{"name": "Renamed"}""");
        await CallAsync("PUT /v1/datastores/{datastore_id}/agents/{agent_id}", $"/v1/datastores/{datastore}/agents/{agent}");
        await CallAsync("DELETE /v1/datastores/{datastore_id}/agents/{agent_id}", $"/v1/datastores/{datastore}/agents/{agent}");
        await CallAsync("DELETE /v1/datastores/{datastore_id}", $"/v1/datastores/{datastore}");
        await CallAsync("PATCH /v1/agents/{agent_id}", $"/v1/agents/{agent}", """{"name": "Mine"}""");
        await CallAsync("POST /v1/agents/{agent_id}/copy", $"/v1/agents/{agent}/copy", """{"key": "own-copy"}""");
        await CallAsync("DELETE /v1/agents/{agent_id}", $"/v1/agents/{agent}");
        await CallAsync("POST /v1/agents/{agent_id}/restore", $"/v1/agents/{agent}/restore");

        var template = (await CallAsync(
            "POST /v1/context_templates", "/v1/context_templates", """{"name": "Audited", "segments": [{"name": "rules", "role": "system", "content": "Be brief."}]}""")).Id;
        await CallAsync("PATCH /v1/context_templates/{context_template_id}", $"/v1/context_templates/{template}", """{"description": "For all."}""");
        await CallAsync("DELETE /v1/context_templates/{context_template_id}", $"/v1/context_templates/{template}");
        await CallAsync("POST /v1/context_templates/{context_template_id}/restore", $"/v1/context_templates/{template}/restore");

        await CallAsync("POST /v1/workflows", "/v1/workflows", """{"key": "mine", "name": "Mine", "agents": ["creative"]}""");
        await CallAsync("POST /v1/workflows/{key}/versions", "/v1/workflows/mine/versions", """{"name": "Second"}""");
        await CallAsync("PATCH /v1/workflows/{key}/versions/{version}", "/v1/workflows/mine/versions/2", """{"name": "The second"}""");
        await CallAsync("POST /v1/workflows/{key}/versions/{version}/activate", "/v1/workflows/mine/versions/2/activate");
        await CallAsync("DELETE /v1/workflows/{key}", "/v1/workflows/mine");
        await CallAsync("POST /v1/workflows/{key}/restore", "/v1/workflows/mine/restore");

        var key = (await CallAsync("POST /v1/api_keys", "/v1/api_keys", """{"name": "Key"}""")).Json.GetProperty("api_key").GetProperty("id").GetGuid();
        await CallAsync("POST /v1/api_keys/{api_key_id}/rotate", $"/v1/api_keys/{key}/rotate");
        await CallAsync("DELETE /v1/api_keys/{api_key_id}", $"/v1/api_keys/{key}");

        var provider = (await CallAsync("POST /v1/model_providers", "/v1/model_providers", """{"kind": "ollama", "base_url": "http://127.0.0.1:9"}""")).Id;
        await CallAsync("PATCH /v1/model_providers/{model_provider_id}", $"/v1/model_providers/{provider}", """{"key": "local"}""");
        await CallAsync("DELETE /v1/model_providers/{model_provider_id}", $"/v1/model_providers/{provider}");

        var price = (await CallAsync("POST /v1/prices", "/v1/prices", """{"provider": "openai", "model": "gpt-4o", "per_million": {"input": 2, "output": 8}}""")).Id;
        await CallAsync("PATCH /v1/prices/{price_id}", $"/v1/prices/{price}", """{"note": "As agreed."}""");
        await CallAsync("DELETE /v1/prices/{price_id}", $"/v1/prices/{price}");
        var rate = (await CallAsync("POST /v1/exchange_rates", "/v1/exchange_rates", """{"currency": "GBP", "valid_from": "2026-01-01", "rate": "0.79"}""")).Id;
        await CallAsync("DELETE /v1/exchange_rates/{exchange_rate_id}", $"/v1/exchange_rates/{rate}");
        var budget = (await CallAsync("POST /v1/budgets", "/v1/budgets", """{"name": "All", "dimension": "organization", "period": "month", "unit": "calls", "limit_amount": 1000}""")).Id;
        await CallAsync("PATCH /v1/budgets/{budget_id}", $"/v1/budgets/{budget}", """{"limit_amount": 2000}""");
        await CallAsync("DELETE /v1/budgets/{budget_id}", $"/v1/budgets/{budget}");
        await CallAsync("POST /v1/usage/reprice", "/v1/usage/reprice", """{"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "apply": true}""");

        var entry = await NewEntryAsync();
        await CallAsync("DELETE /v1/cache/entries/{cache_entry_id}", $"/v1/cache/entries/{entry}");
        await CallAsync("POST /v1/cache/invalidate", "/v1/cache/invalidate", """{"tag": "audited"}""");
        await CallAsync("POST /v1/cache/hits/{cache_hit_id}/report", $"/v1/cache/hits/{await NewHitAsync()}/report");

        var schedule = (await CallAsync("POST /v1/schedules", "/v1/schedules", """{"name": "Daily", "kind": "ping", "cron": "@yearly"}""")).Id;
        await CallAsync("PATCH /v1/schedules/{schedule_id}", $"/v1/schedules/{schedule}", """{"name": "Yearly"}""");
        await CallAsync("POST /v1/schedules/{schedule_id}/pause", $"/v1/schedules/{schedule}/pause");
        await CallAsync("POST /v1/schedules/{schedule_id}/resume", $"/v1/schedules/{schedule}/resume");
        await CallAsync("POST /v1/schedules/{schedule_id}/run", $"/v1/schedules/{schedule}/run");
        await CallAsync("DELETE /v1/schedules/{schedule_id}", $"/v1/schedules/{schedule}");

        var endpoint = (await CallAsync("POST /v1/webhook_endpoints", "/v1/webhook_endpoints", """{"url": "https://example.com/hooks"}"""))
            .Json.GetProperty("webhook_endpoint").GetProperty("id").GetGuid();
        await CallAsync("PATCH /v1/webhook_endpoints/{webhook_endpoint_id}", $"/v1/webhook_endpoints/{endpoint}", """{"description": "Ours"}""");
        await CallAsync("POST /v1/webhook_endpoints/{webhook_endpoint_id}/rotate", $"/v1/webhook_endpoints/{endpoint}/rotate");
        var delivery = (await CallAsync("POST /v1/webhook_endpoints/{webhook_endpoint_id}/test", $"/v1/webhook_endpoints/{endpoint}/test")).Id;
        await CallAsync("POST /v1/webhook_deliveries/{webhook_delivery_id}/resend", $"/v1/webhook_deliveries/{delivery}/resend");
        await _server.Database.ExecuteAsync("update webhook_endpoints set is_enabled = false, disabled_reason = 'gone'");
        await CallAsync("POST /v1/webhook_endpoints/{webhook_endpoint_id}/enable", $"/v1/webhook_endpoints/{endpoint}/enable");
        await CallAsync("DELETE /v1/webhook_endpoints/{webhook_endpoint_id}", $"/v1/webhook_endpoints/{endpoint}");

        var job = (await admin.PostAsync("/v1/jobs", """{"kind": "ping", "run_at": "2999-01-01T00:00:00Z"}""")).Expect(201).Id;
        await CallAsync("POST /v1/jobs/{job_id}/cancel", $"/v1/jobs/{job}/cancel");
        await CallAsync("POST /v1/jobs/{job_id}/retry", $"/v1/jobs/{job}/retry");
        await admin.PostAsync("/v1/jobs", """{"kind": "ping", "unique_key": "bulk", "run_at": "2999-01-01T00:00:00Z"}""");
        await CallAsync("POST /v1/jobs/cancel", "/v1/jobs/cancel", """{"unique_key": "bulk"}""");
        await CallAsync("POST /v1/jobs/retry", "/v1/jobs/retry", """{"unique_key": "bulk"}""");

        await CallAsync("PATCH /v1/settings", "/v1/settings", """{"quality_threshold": 8}""");

        var user = await _server.Database.ScalarAsync<Guid>("select id from organization_members where user_id = $1", _server.Tenants.First.User.UserId!.Value);
        await CallAsync("PATCH /v1/members/{member_id}", $"/v1/members/{user}", """{"role": "viewer"}""");
        await _server.Database.ExecuteAsync("update subscription_tiers set is_offered = true");
        foreach (var path in (string[])[$"/v1/members/{user}/subscription", "/v1/subscription"])
            (await admin.SendAsync(HttpMethod.Put, path, """{"tier": "pro"}""")).Expect(200);
        await CallAsync("PUT /v1/members/{member_id}/subscription", $"/v1/members/{user}/subscription", """{"tier": "free"}""");
        await CallAsync("DELETE /v1/members/{member_id}", $"/v1/members/{user}");
        await CallAsync("PUT /v1/subscription", "/v1/subscription", """{"tier": "free"}""");
        await CallAsync("PATCH /v1/organization", "/v1/organization", """{"name": "Renamed"}""");
        await CallAsync("POST /v1/organizations", "/v1/organizations", """{"name": "Another"}""");

        var invitation = (await CallAsync("POST /v1/invitations", "/v1/invitations", """{"email": "guest@example.com"}""")).Id;
        await CallAsync("POST /v1/invitations/{invitation_id}/resend", $"/v1/invitations/{invitation}/resend");
        await CallAsync("DELETE /v1/invitations/{invitation_id}", $"/v1/invitations/{invitation}");

        var session = await SignedIn.AsAsync(_server, "admin@first.test");
        await CallAsync("DELETE /v1/sessions/{session_id}", $"/v1/sessions/{session.SessionId}");
        await SignedIn.AsAsync(_server, "admin@first.test");
        await CallAsync("DELETE /v1/sessions", "/v1/sessions");
        await CallAsync("POST /v1/auth/password", "/v1/auth/password", $$"""{"current_password": "{{SignedIn.Password}}", "password": "another long one"}""");

        await CallAsync("PUT /v1/organization/status", "/v1/organization/status", """{"status": "cancelled"}""");

        // Those that take more to come about, or somebody without a key, are tested where that is.
        AuditedRoutes.Acts.Keys.Where(route => !route.StartsWith("GET ", StringComparison.Ordinal)).Except(called).ShouldBe(
            [
                "POST /v1/runs/{run_id}/approve", "POST /v1/runs/{run_id}/reject", "POST /v1/public_workflows/{workflow_id}/copy", "POST /v1/model_providers/{model_provider_id}/test",
                "POST /v1/auth/sign_in", "POST /v1/auth/sign_out", "POST /v1/auth/sign_up/confirm", "POST /v1/auth/password/reset", "POST /v1/invitations/accept", "DELETE /v1/organization",
            ],
            ignoreOrder: true);

        async Task<Answer> CallAsync(string route, string path, string? body = null)
        {
            called.Add(route);
            await _server.Database.ExecuteAsync("delete from audit_logs");
            var answer = await admin.SendAsync(HttpMethod.Parse(route.Split(' ')[0]), path, body);
            answer.Status.ShouldBeInRange(200, 299, route + answer.Text);
            var recorded = await _server.Database.ScalarAsync<long>(
                """
                select count(*)
                from audit_logs l
                join audit_details d on d.id = l.id
                where l.event_type = $1 and l.action = $2 and l.status = 'success' and l.user_id = $3 and l.api_key_id is not null and l.request_id = $4
                and host(d.ip_address) = '127.0.0.1'
                """,
                AuditedRoutes.Acts[route].EventType, LowerSnake.Write(AuditedRoutes.Acts[route].Action), _server.Tenants.First.Admin.UserId!.Value, answer.Header("X-Request-Id")!);
            // Some change several rows: a workflow goes with all of its versions.
            recorded.ShouldBeGreaterThan(0, route);
            return answer;
        }
    }

    [Fact]
    public async Task Each_audited_route_that_is_refused_or_fails_leaves_a_row_that_says_so()
    {
        // Everybody may end their own sessions.
        foreach (var (route, act) in AuditedRoutes.Acts.Where(act => act.Key != "DELETE /v1/sessions"))
        {
            var method = HttpMethod.Parse(route.Split(' ')[0]);
            var path = string.Join('/', route.Split(' ')[1].Split('/').Select(part => part.StartsWith('{') ? "00000000-0000-7000-8000-000000000001" : part));
            await _server.Database.ExecuteAsync("delete from audit_logs");
            // A viewer may do none of it, and what is asked for is not there.
            var answer = await _server.Viewer.SendAsync(method, path, method == HttpMethod.Get || method == HttpMethod.Delete ? null : "{}");
            answer.Status.ShouldBeInRange(400, 499, route);
            (await _server.Database.ScalarAsync<string>(
                "select coalesce(string_agg(concat_ws(' ', event_type, status, metadata ->> 'code', metadata ->> 'route', user_id), ','), '') from audit_logs")).ShouldBe(
                $"{act.EventType} failure {answer.Json.GetProperty("code").GetString()} {route} {_server.Tenants.First.Viewer.UserId}");
        }
    }

    Task<Guid> NewEntryAsync() => _server.Database.ScalarAsync<Guid>(
        "insert into ai_response_cache (organization_id, user_id, cache_key, model, response_content) values ($1, $2, 'audited', 'gpt-4o', 'An answer.') returning id",
        _server.Tenants.First.OrganizationId, _server.Tenants.First.Admin.UserId!.Value);

    Task<Guid> NewHitAsync() => _server.Database.ScalarAsync<Guid>(
        """
        insert into cache_lookups (organization_id, user_id, id, kind, entry_id, provider, model)
        values ($1, $2, overmind.uuid_v7(), 'exact', overmind.uuid_v7(), 'openai', 'gpt-4o')
        returning id
        """, _server.Tenants.First.OrganizationId, _server.Tenants.First.Admin.UserId!.Value);

    static IEnumerable<string> Operations() => JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement
        .GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => operation.Name != "parameters").Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
        .Where(operation => operation.Contains(" /v1/", StringComparison.Ordinal) || operation.Contains(" /openai/v1/", StringComparison.Ordinal));
}
