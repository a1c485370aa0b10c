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
        ["message_versions"] = "update messages set content = 'There is none to tell.' where user_id = overmind.user_id() and role = 'assistant'",
        ["conversation_branches"] =
            """
            insert into conversation_branches (conversation_id, forked_after_seq)
            select id, 1
            from conversations
            where user_id = overmind.user_id()
            """,
        ["context_windows"] =
            """
            insert into context_windows (conversation_id, branch, after_seq, strategy, summary, summary_from_seq, summary_until_seq, summary_model)
            select id, 0, 1, 'summarize', 'A question.', 1, 1, 'offline/offline'
            from conversations
            where user_id = overmind.user_id()
            """,
        ["conversation_sessions"] =
            """
            insert into conversation_sessions (conversation_id, agent_id)
            select c.id, a.id
            from conversations c
            cross join agent_configurations a
            where c.user_id = overmind.user_id()
            limit 1
            """,
        ["conversation_shares"] =
            """
            insert into conversation_shares (conversation_id, token_hash, title, branch, until_seq)
            select id, encode(sha256(id::text::bytea), 'hex'), title, 0, last_seq
            from conversations
            where user_id = overmind.user_id()
            """,
        ["file_contents"] = "insert into file_contents (sha256, size_bytes, chunk_count) values (sha256(overmind.user_id()::text::bytea), 36, 1)",
        ["file_chunks"] = "insert into file_chunks (sha256, number, content) values (sha256(overmind.user_id()::text::bytea), 0, overmind.user_id()::text::bytea)",
        ["attachments"] =
            """
            insert into attachments (name, media_type, size_bytes, sha256)
            values ('sample.txt', 'text/plain', 36, sha256(overmind.user_id()::text::bytea))
            """,
        ["context_templates"] =
            """
            insert into context_templates (name, segments, variables)
            values (
                'Own ' || overmind.user_id(), '[{"name": "rules", "role": "system", "content": "You help {{who}}."}]',
                '[{"name": "who", "type": "string", "required": true}]')
            """,
        // What is changed leaves its earlier version.
        ["context_template_versions"] =
            """
            update context_templates
            set segments = '[{"name": "rules", "role": "system", "content": "You help {{who}} a lot."}]'
            where created_by = overmind.user_id()
            """,
        ["agent_configurations"] =
            """
            insert into agent_configurations (key, name, role, goal, backstory)
            values ('own-' || overmind.user_id(), 'Own', 'Own', 'Help', 'You help.')
            """,
        ["memories"] =
            """
            insert into memories (owner_type, agent_id, project_id, memory_type, content, embedding, embedding_model_name)
            select 'agent', a.id, null::uuid, 'semantic', 'Secret: there is none', null::vector, null::text
            from agent_configurations a
            where a.created_by = overmind.user_id()
            union all
            select 'project', null, p.id, 'procedural', E'Ask\nWait', null, null
            from projects p
            where p.user_id = overmind.user_id()
            union all
            select 'user', null, null, 'episodic', 'Asked for the secret ' || v || '.', v::vector, 'm'
            from unnest(array['[1,2]', '[3,4]', '[1,2,3]']) as v
            """,
        ["memory_consolidations"] =
            """
            insert into memory_consolidations (source_memories, source_digest, consolidation_type)
            values (array[overmind.uuid_v7(), overmind.uuid_v7()], uuid_send(overmind.uuid_v7()), 'merge')
            """,
        ["memory_formings"] = "insert into memory_formings (conversation_id, branch) select id, 0 from conversations where user_id = overmind.user_id() limit 1",
        ["datastores"] = "insert into datastores (name) values ('Own')",
        ["agent_datastores"] =
            """
            insert into agent_datastores (datastore_id, agent_id)
            select d.id, a.id
            from datastores d
            join agent_configurations a on a.created_by = d.user_id
            where d.user_id = overmind.user_id()
            """,
        ["memory_versions"] = "update memories set content = 'Secret: there never was one' where user_id = overmind.user_id() and owner_type = 'agent'",
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
        ["context_snapshots"] =
            """
            insert into context_snapshots (
                message_id, run_id, snapshot_data, total_tokens, compression_ratio, segment_count, build_time_ms, optimization_count)
            select r.question_message_id, r.id, '{"segments": []}', 1, 1, 1, 1, 0
            from workflow_runs r
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
    static readonly string[] Admins = ["model_providers", "price_overrides", "exchange_rates", "budgets", "webhook_endpoints", "webhook_deliveries", "invitations"];

    // Written by the service alone, with the person's claims.
    static readonly string[] Services = ["file_contents", "file_chunks", "attachments"];

    /// <summary>Writes one of each for a person.</summary>
    public static async Task WriteAsync(TestDatabase database, Claims person)
    {
        await SendAsync(person, Order.Union(Statements.Keys).Except(Admins).Except(Services));
        await SendAsync(person with { Role = OrganizationRole.Admin }, Admins);
        await SendAsync(person with { DatabaseRole = DatabaseRole.ServiceRole }, Services);

        async Task SendAsync(Claims claims, IEnumerable<string> tables)
        {
            await using var results = await database.Database.SendAsync(
                claims, [.. tables.Select(table => new Statement(Statements[table]))], CancellationToken.None);
        }
    }
}
