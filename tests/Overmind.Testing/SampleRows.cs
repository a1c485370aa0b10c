using Overmind.Postgres;

namespace Overmind.Testing;

/// <summary>One row of every tenant table for a person, written the way a client of theirs would. A new table gets its line here.</summary>
public static class SampleRows
{
    public static IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>
    {
        ["organization_members"] = "select id from organization_members",
        ["projects"] = "insert into projects (name) values ('Project')",
        ["user_traits"] = "insert into user_traits (trait_key, trait_value) values ('expertise_level', 'intermediate')",
        ["user_gamification"] = "insert into user_gamification (user_id) values (auth.uid())",
        ["user_subscriptions"] =
            """
            insert into user_subscriptions (tier_id, current_period_start, current_period_end)
            select id, now(), now() + period
            from subscription_tiers
            where tier_name = 'free'
            """,
        ["api_keys"] =
            """
            insert into api_keys (name, key_hash, key_prefix)
            values ('Key', encode(sha256(overmind.user_id()::text::bytea), 'hex'), 'ovm_12345678')
            """,
        ["idempotency_keys"] =
            """
            insert into idempotency_keys (route, key, request_hash, resource_id)
            values ('/v1/conversations', 'once', repeat('0', 64), overmind.uuid_v7())
            """,
        ["audit_logs"] = "select overmind.audit('sample.created', 'create', 'sample', '1', 'success')",
        ["audit_details"] = "select overmind.audit('sample.created', 'create', 'sample', '1', 'success', p_ip => '192.0.2.1')",
        ["model_providers"] =
            """
            insert into model_providers (key, kind, base_url, secret)
            values ('own-' || overmind.user_id(), 'openai', 'https://api.example/v1', sha512('key'))
            """,
        ["exchange_rates"] = "insert into exchange_rates (currency, valid_from, rate) values ('GBP', '2026-01-01'::date + (abs(hashtext(overmind.user_id()::text)) % 10000), 0.79)",
        ["price_overrides"] = "insert into price_overrides (provider, model, input_price) values ('own-' || overmind.user_id(), 'own', 0.000001)",
        ["jobs"] = "insert into jobs (kind) values ('sample'), ('episode.generate')",
        ["schedules"] =
            """
            insert into schedules (name, kind, cadence_config, cron, next_run_at)
            values ('Sample', 'sample', '{"mode": "daily", "days": [0, 1, 2, 3, 4, 5, 6]}', null, clock_timestamp() + interval '1 day')
            """,
        ["webhook_endpoints"] = "insert into webhook_endpoints (url, secret) values ('https://example.com/hooks', sha512('secret'))",
        ["webhook_deliveries"] =
            """
            insert into webhook_deliveries (endpoint_id, event_id, event_type, body)
            select id, overmind.uuid_v7(), 'run.failed', '{}'
            from webhook_endpoints
            where user_id = overmind.user_id()
            """,
        ["invitations"] =
            """
            insert into invitations (email, role, expires_at)
            values (overmind.user_id() || '@example.com', 'user', clock_timestamp() + interval '1 day')
            """,
        ["token_usage"] =
            """
            insert into token_usage (provider, model, conversation_id, project_id, status, settled_at, cost, latency_ms)
            values
                ('offline', 'offline', overmind.uuid_v7(), overmind.uuid_v7(), 'settled', now(), null, null),
                ('offline', 'offline', null, null, 'settled', now(), 1, 1),
                ('offline', 'offline', null, null, 'reserved', null, null, null)
            """,
        ["budgets"] =
            """
            insert into budgets (name, dimension, subject, period, unit, limit_amount)
            values ('own-' || overmind.user_id(), 'model', 'offline/*', 'month', 'calls', 1000)
            """,
        ["budget_periods"] = "select organization_id from budget_periods",
        ["budget_holds"] = "insert into token_usage (provider, model) values ('offline', 'offline')",
        ["budget_changes"] = "select organization_id from budget_changes",
        ["ai_response_cache"] =
            """
            insert into ai_response_cache (visibility, cache_key, model, response_content, tokens_used, cost, embedding, embedding_model_name, embedding_dimensions, response, question)
            values ('private', 'sample-' || overmind.user_id(), 'gpt-4-turbo', 'An answer.', 20, 0.001, '[1,2]', 'm', 2, '{"parts": []}', 'A question?')
            """,
        ["cache_lookups"] =
            """
            insert into cache_lookups (id, kind, entry_id, provider, model, tokens_saved, cost_saved)
            values (overmind.uuid_v7(), 'exact', overmind.uuid_v7(), 'openai', 'gpt-4-turbo', 20, 0.001)
            """,
        ["usage_changes"] = "select organization_id from usage_changes",
        ["usage_totals"] = "select organization_id from usage_totals",
        ["usage_latencies"] = "select organization_id from usage_latencies",
        ["conversations"] =
            """
            insert into conversations (project_id, workflow_id)
            select p.id, w.id
            from projects p
            cross join workflows w
            where p.user_id = overmind.user_id()
            limit 1
            """,
        ["messages"] =
            """
            with question as (
                insert into messages (conversation_id, role, content)
                select id, 'user', 'What is the secret?'
                from conversations
                where user_id = overmind.user_id()
                returning conversation_id, id
            )
            insert into messages (conversation_id, role, content, parent_message_id, sender_agent_id)
            select q.conversation_id, 'assistant', 'There is none.', q.id, a.id
            from question q
            cross join agent_configurations a
            limit 1
            """,
        ["agent_configurations"] =
            """
            insert into agent_configurations (key, name, role, goal, backstory)
            values ('own-' || overmind.user_id(), 'Own', 'Own', 'Help', 'You help.')
            """,
        ["workflows"] = "insert into workflows (key, name) values ('own-' || overmind.user_id(), 'Own')",
        ["workflow_agents"] =
            """
            insert into workflow_agents (workflow_id, agent_id, position)
            select w.id, a.id, 1
            from workflows w
            join agent_configurations a on a.created_by = w.created_by
            where w.created_by = overmind.user_id()
            """,
        ["workflow_ratings"] =
            """
            insert into workflow_ratings (workflow_id, rating)
            select id, 4
            from workflows
            where created_by = overmind.user_id()
            """,
        ["workflow_runs"] =
            """
            insert into workflow_runs (conversation_id, question_message_id, workflow_id)
            select m.conversation_id, m.id, w.id
            from messages m
            cross join workflows w
            where m.user_id = overmind.user_id() and m.role = 'user'
            limit 1
            """,
        ["run_steps"] =
            """
            insert into run_steps (run_id, step_key, agent_id)
            select r.id, '1/agent:creative', a.id
            from workflow_runs r
            cross join agent_configurations a
            where r.user_id = overmind.user_id()
            limit 1
            """,
        ["step_replays"] =
            """
            insert into step_replays (step_id, provider, model, temperature)
            select id, 'offline', 'offline', 0.7
            from run_steps
            where user_id = overmind.user_id()
            """,
        ["synthesis_events"] =
            """
            insert into synthesis_events (run_id, conversation_id, message_id)
            select id, conversation_id, question_message_id
            from workflow_runs
            where user_id = overmind.user_id()
            """,
        ["run_events"] =
            """
            select overmind.append_run_events(id, '[{"type": "run.created"}]')
            from workflow_runs
            where user_id = overmind.user_id()
            """,
    };

    // Some need what others make.
    static readonly string[] Order =
    [
        "organization_members", "projects", "api_keys", "idempotency_keys", "jobs", "schedules", "token_usage", "agent_configurations", "workflows", "workflow_agents", "workflow_ratings",
        "conversations", "messages", "workflow_runs", "run_steps", "step_replays", "synthesis_events", "run_events",
    ];

    // Written by admins alone: by the person in that role.
    static readonly string[] Admins = ["model_providers", "price_overrides", "exchange_rates", "budgets", "budget_holds", "webhook_endpoints", "webhook_deliveries", "invitations"];

    /// <summary>Writes one of each for a person.</summary>
    public static async Task WriteAsync(TestDatabase database, Claims person)
    {
        await SendAsync(person, Order.Union(Statements.Keys).Except(Admins));
        await SendAsync(person with { Role = OrganizationRole.Admin }, Admins);

        async Task SendAsync(Claims claims, IEnumerable<string> tables)
        {
            await using var results = await database.Database.SendAsync(
                claims, [.. tables.Select(table => new Statement(Statements[table]))], CancellationToken.None);
        }
    }
}
