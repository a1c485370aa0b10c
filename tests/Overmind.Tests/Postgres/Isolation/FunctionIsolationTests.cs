using System.Text.RegularExpressions;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Isolation;

public partial class FunctionIsolationTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    /// <summary>Functions that request roles may call and that read no table: nothing of a tenant can come out of them.</summary>
    static readonly string[] Pure =
    [
        "auth.jwt", "auth.org_id", "auth.role", "auth.uid",
        "overmind.archive_days", "overmind.audit_retention_days", "overmind.budget_day", "overmind.budget_period", "overmind.is_distributed", "overmind.latency_bucket",
        "overmind.latency_of_bucket", "overmind.memory_hash", "overmind.memory_policy", "overmind.memory_recency", "overmind.memory_shape", "overmind.memory_words", "overmind.org_id", "overmind.org_role", "overmind.pending_reaches_models", "overmind.period_end",
        "overmind.request_origin", "overmind.retention_days", "overmind.search_document", "overmind.search_language", "overmind.search_rank",
        "overmind.search_weight", "overmind.search_weights", "overmind.sees_all_usage", "overmind.session_timeout", "overmind.system_agents",
        "overmind.time_of", "overmind.title_of", "overmind.tokens_in_window",
        "overmind.usage_day_hour", "overmind.usage_keys", "overmind.user_id", "overmind.uuid_v7", "overmind.uuid_v7_floor",
        // The registry, and prices of the caller's own organization.
        "public.calculate_token_cost", "public.estimate_cost_usd",
    ];

    /// <summary>What is left, called with what is another organization's ($1 a run, $2 the organization, $3 a workflow, $4 a job): refused, or no row.</summary>
    static readonly Dictionary<string, string> Calls = new()
    {
        ["overmind.activate_workflow"] = "select count(*) from overmind.activate_workflow((select key from workflows where id = $3), 1)",
        ["overmind.append_run_events"] = """select overmind.append_run_events($1, '[{"type": "run.created"}]')""",
        ["overmind.audit"] =
            """
            select count(l.id)
            from overmind.audit('sample.created', 'create', 'sample', $1::text, 'success') as act
            join audit_logs l on l.organization_id = $2
            """,
        ["overmind.branch_segments"] =
            """
            select count(m.id)
            from conversations c
            cross join lateral overmind.branch_segments($2, c.id, 0) as s
            join messages m on m.conversation_id = c.id and m.branch = s.branch
            where c.organization_id = $2
            """,
        ["overmind.branch_tokens"] = "select coalesce(sum(overmind.branch_tokens(conversation_id, 0, 100)), 0)::bigint from workflow_runs where id = $1",
        ["overmind.change_window_message"] = "select count(*) from messages m cross join lateral overmind.change_window_message(m, m) where m.organization_id = $2",
        ["overmind.context_size"] = "select count(overmind.context_size(conversation_id)) from workflow_runs where id = $1",
        ["overmind.count_window"] = "select overmind.count_window($2, (select conversation_id from workflow_runs where id = $1), 0)",
        ["overmind.digest_messages"] = "select count(overmind.digest_messages(conversation_id, array[question_message_id])) from workflow_runs where id = $1",
        ["overmind.summarize_window"] =
            """
            select count(*) filter (where s.done)
            from (select conversation_id, question_message_id from workflow_runs where id = $1) as r
            cross join lateral overmind.summarize_window(
                r.conversation_id, 0, null, 1, '{}', array[r.question_message_id], null, 'Nothing.', 1, 'offline/offline', 'summarize') as s (done)
            """,
        ["overmind.pin_tool_results"] = "select count(*) from messages m cross join lateral overmind.pin_tool_results(m) where m.organization_id = $2",
        ["overmind.plan_pruning"] = "select count(p.*) from workflow_runs r cross join lateral overmind.plan_pruning(r.conversation_id, 0, 1, 'fifo') as p where r.id = $1",
        ["overmind.recount_window"] = "select count(*) from workflow_runs r cross join lateral overmind.recount_window($2, r.conversation_id) where r.id = $1",
        ["overmind.window_messages"] = "select count(w.*) from conversations c cross join lateral overmind.window_messages($2, c.id, 0) as w where c.organization_id = $2",
        ["public.prune_conversation"] = "select count(public.prune_conversation(conversation_id, 0)) from workflow_runs where id = $1",
        ["overmind.branch_for_reply"] = "select count(overmind.branch_for_reply(conversation_id, question_message_id)) from workflow_runs where id = $1",
        ["overmind.begin_conversation"] =
            """select overmind.begin_conversation((select conversation_id from workflow_runs where id = $1), overmind.uuid_v7(), '[{"role": "system", "content": "Mine."}]')::bigint""",
        ["overmind.count_template_use"] =
            """
            select coalesce(sum(overmind.pending_template_uses(t.id)), 0)::bigint
            from context_templates t
            cross join lateral overmind.count_template_use(t.id)
            where t.organization_id = $2
            """,
        ["overmind.pending_template_uses"] = "select coalesce(sum(overmind.pending_template_uses(t.id)), 0)::bigint from context_templates t where t.organization_id = $2",
        ["overmind.forget_summaries"] =
            "select count(*) filter (where f.done) from workflow_runs r cross join lateral overmind.forget_summaries($2, r.conversation_id, 1, 100) as f (done) where r.id = $1",
        ["overmind.fork_conversation"] =
            "select count(*) from (select conversation_id, question_message_id from workflow_runs where id = $1) as r cross join lateral overmind.fork_conversation(r.conversation_id, r.question_message_id, overmind.uuid_v7())",
        ["overmind.fork_branch"] = "select count(*) from (select conversation_id, question_message_id from workflow_runs where id = $1) as r cross join lateral overmind.fork_branch(r.conversation_id, r.question_message_id)",
        ["overmind.claim_run_job"] = "select count(*) from overmind.claim_run_job($1)",
        ["overmind.count_run"] =
            """
            select coalesce(sum(w.usage_count), 0)::bigint
            from overmind.count_run($3, array[$3], 1, 9) as c
            cross join workflows w
            """,
        ["overmind.decide_run"] = "select count(*) from overmind.decide_run($1, null, 'approved', null, null, now()) as d (done) where done",
        ["overmind.delete_expired_conversations"] =
            "select count(last) + coalesce(sum(deleted), 0) from overmind.delete_expired_conversations(p_now => now() + interval '1000 years')",
        ["overmind.delete_expired_audit_logs"] = "select overmind.delete_expired_audit_logs(now() + interval '1000 years')::bigint",
        ["overmind.purge_deleted_messages"] = "select overmind.purge_deleted_messages(1000, now() + interval '1000 years')::bigint",
        ["overmind.insert_run_events"] = """select count(*) from overmind.insert_run_events($1, 1000, '[{"type": "run.created"}]')""",
        ["overmind.consolidate_memories"] =
            """
            select count(made)
            from overmind.consolidate_memories('merge', (select array_agg(m.id) from memories m where m.organization_id = $2), null, 'Mine.', null, 1) as made
            where made is not null
            """,
        ["overmind.form_memories"] =
            """
            select count(*)
            from overmind.form_memories(
                (select conversation_id from workflow_runs where id = $1), '[]',
                (select jsonb_agg(jsonb_build_object('action', 'add', 'user_id', m.user_id, 'message_id', m.id, 'memory_type', 'semantic', 'content', 'Mine.', 'importance', 1))
                from messages m where m.organization_id = $2)) as counts
            where counts is not null
            """,
        ["overmind.forming_failed"] =
            """
            select count(f.conversation_id)
            from (select conversation_id from workflow_runs where id = $1) as r
            cross join lateral overmind.forming_failed(r.conversation_id, 0, 'Mine.')
            join memory_formings f on f.error = 'Mine.'
            """,
        ["overmind.messages_to_form"] = "select count(*) from workflow_runs r cross join lateral overmind.messages_to_form(r.conversation_id) where r.id = $1",
        ["overmind.import_conversation"] =
            """
            select count(*)
            from overmind.import_conversation(
                (select to_jsonb(c) from conversations c where c.organization_id = $2 limit 1), '[]',
                (select jsonb_agg(to_jsonb(m)) from messages m where m.organization_id = $2), '[]') as messages
            where messages > 0
            """,
        ["overmind.keep_exchange"] =
            """
            select kept
            from overmind.keep_exchange((select conversation_id from workflow_runs where id = $1), '[{"id": "019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77", "role": "user", "content": "Mine."}]')
            """,
        ["overmind.last_of_branch"] = "select count(*) from overmind.last_of_branch($2, (select conversation_id from workflow_runs where id = $1), 0)",
        ["overmind.public_catalogue_agents"] = "select count(*) from overmind.public_catalogue_agents(null, null, null, false, 100)",
        ["overmind.public_catalogue_workflows"] = "select count(*) from overmind.public_catalogue_workflows($3, null, null, false, 100)",
        ["overmind.record_run"] = "select count(*) from overmind.record_run($1, 0, 0, 0, 0, 0, null, null, null, '[]')",
        ["overmind.report_cache_hit"] = "select count(*) from cache_lookups l cross join lateral overmind.report_cache_hit(l.id) as r (done) where l.organization_id = $2 and done",
        ["overmind.retry_run"] = "select count(*) from overmind.retry_run($1, now()) as r (done) where done",
        ["overmind.take_run"] = "select count(*) from overmind.take_run($1, 1000000, now())",
        ["overmind.wake_run_job"] = "select count(*) from overmind.wake_run_job($1) as w (done) where done",
        ["overmind.cancel_jobs"] = "select count(*) from overmind.cancel_jobs(array[$4])",
        ["overmind.change_episode_job"] = "select count(*) filter (where changed) from overmind.change_episode_job($4, 'blocked', null, now(), '{}') as changed",
        ["overmind.retry_jobs"] = "select count(*) from overmind.retry_jobs(array[$4])",
        ["overmind.job_lease"] = "select count(l) from generate_series(0, 10000) as token, overmind.job_lease($4, token) as l",
        ["overmind.emit_event"] = "select count(*) from overmind.emit_event('run.failed', '{}'), webhook_deliveries d where d.organization_id = $2",
        ["overmind.resend_webhook"] = "select count(w) from overmind.resend_webhook((select id from webhook_deliveries where organization_id = $2 limit 1)) as w",
        ["overmind.test_webhook"] = "select count(w) from overmind.test_webhook((select id from webhook_endpoints where organization_id = $2 limit 1)) as w",
        ["overmind.change_own_organization"] = "select count(*) from overmind.change_own_organization('active') as o where o.id = $2",
        ["overmind.change_tier"] =
            """
            select count(*)
            from organization_members m
            cross join lateral overmind.change_tier(m.user_id, 'free') as s
            where m.organization_id = $2
            """,
        ["overmind.create_own_organization"] = "select count(*) from overmind.create_own_organization(overmind.uuid_v7(), 'Own', 'org-' || overmind.uuid_v7()) as made where made = $2",
        ["overmind.find_stopped_budget"] = "select count(*) from overmind.find_stopped_budget('{offline/offline}', $2, $2::text, $2, false)",
        ["overmind.find_model"] = "select count(*) from overmind.find_model($2, (select key from model_providers where organization_id = $2 limit 1), 'gpt-4o') as m where m.model is not null",
        ["overmind.exchange_rate"] = "select count(e.id) from exchange_rates e where overmind.exchange_rate($2, e.currency, e.valid_from) is not null and e.organization_id = $2",
        ["overmind.find_price"] = "select count(*) from price_overrides o cross join lateral overmind.find_price($2, o.provider, o.model, now(), 1, null) as p where o.organization_id = $2",
        ["overmind.price_usage"] =
            """
            select count(*)
            from token_usage u
            cross join lateral overmind.price_usage(u) as p
            where u.organization_id = $2
            """,
        ["overmind.reprice_usage"] = "select coalesce(sum(r.unpriced_before), 0)::bigint from overmind.reprice_usage('-infinity', 'infinity', 'first', null, true) as r",
        ["overmind.sum_runs"] =
            """
            with summed as (select overmind.sum_runs($2, array[$1]))
            select count(*)
            from summed
            join workflow_runs r on r.id = $1
            """,
        ["public.backfill_step_cost"] = "select count(*) from run_steps s cross join lateral backfill_step_cost(s.id, 'gpt-4o', 'openai') where s.run_id = $1",
        ["overmind.has_permission"] = "select count(*) from organization_members m where m.organization_id = $2 and overmind.has_permission('members.manage')",
        ["overmind.member_addresses"] =
            "select count(*) from overmind.member_addresses() as a where a.email like '%@first.test'",
        ["overmind.my_organizations"] = "select count(*) from overmind.my_organizations() as o where o.id = $2",
        ["overmind.remove_member"] = "select count(*) from organization_members m cross join lateral overmind.remove_member(m.id) where m.organization_id = $2",
        ["overmind.revoke_sessions"] = "select count(*) from overmind.revoke_sessions((select id from sessions where organization_id = $2 limit 1), false, 'revoked')",
        ["overmind.hold_file_space"] = "select count(*) from organizations o where o.id = $2 and overmind.hold_file_space(1, 1)",
        ["overmind.archive_conversations"] = "select sum(archived) from overmind.archive_conversations()",
        ["overmind.index_texts"] = "select count(*) from overmind.index_texts('simple', 'messages', '00000000-0000-0000-0000-000000000000') as last join workflow_runs r on r.id = $1 and r.question_message_id = last",
        ["overmind.import_memory"] =
            """
            select count(*) from memories m
            cross join lateral overmind.import_memory(to_jsonb(m), '[]') as imported
            where m.organization_id = $2
            """,
        ["overmind.prunable_memories"] = "select count(*) from overmind.prunable_memories(now() + interval '1000 years') as p where not exists (select from memories m where m.id = p.id)",
        ["overmind.prune_memories"] = "select count(*) from memories m where m.organization_id = $2 and overmind.prune_memories(false) > 0",
        ["overmind.purge_deleted_memories"] = "select overmind.purge_deleted_memories(1000, now() + interval '1000 years')::bigint",
        ["overmind.moderated_messages"] =
            """
            select count(*)
            from overmind.moderated_messages(null, null, false, 100) as m
            where not exists (select from messages s where s.id = m.message_id)
            """,
        ["overmind.review_message"] = """select count(*) from workflow_runs r cross join lateral overmind.review_message(r.question_message_id, 'blocked', '{}') where r.id = $1""",
        ["overmind.settle_moderation"] = """select count(*) from workflow_runs r cross join lateral overmind.settle_moderation(r.question_message_id, 'blocked', '[]') where r.id = $1""",
        ["overmind.search_conversations"] =
            """
            select count(*)
            from overmind.search_conversations('secret or conversation', null, null, null, null, null, 100) as s
            where not exists (select from conversations c where c.id = s.conversation_id)
            """,
        ["overmind.search_messages"] =
            """
            select count(*)
            from overmind.search_messages('secret', null, null, null, null, null, null, null, 100) as s
            where not exists (select from messages m where m.id = s.message_id)
            """,
        ["overmind.search_ranked_conversations"] =
            """
            select count(*)
            from overmind.search_ranked_conversations('secret conversation', true, null, null, '{}', null, null, null, null, null, 100) as s
            where not exists (select from conversations c where c.id = s.conversation_id)
            """,
        ["overmind.search_ranked_messages"] =
            """
            select count(*)
            from overmind.search_ranked_messages('secret', true, null, null, '{}', null, null, null, null, null, null, null, 100) as s
            where not exists (select from messages m where m.id = s.message_id)
            """,
        ["overmind.search_memories"] =
            """
            select count(*)
            from overmind.search_memories('secret', true, null, null, '{}', null, null, null, null, null, null, null, null, null, null, null, null, 100) as s
            where not exists (select from memories m where m.id = s.memory_id)
            """,
        ["overmind.count_memory_uses"] =
            """
            with counted as materialized (select overmind.count_memory_uses(array(select id from memories where organization_id = $2)))
            select count(*) from counted join memories m on m.organization_id = $2
            """,
        ["overmind.keep_vectors"] =
            """
            select coalesce(sum(overmind.keep_vectors('messages', array[r.question_message_id], array[md5(m.content)], '{[1]}', 'p', 'm')), 0)
            from workflow_runs r join messages m on m.id = r.question_message_id where r.id = $1
            """,
        ["overmind.keep_next_vectors"] =
            """
            select coalesce(sum(overmind.keep_next_vectors('messages', array[r.question_message_id], array[md5(m.content)], '{[1]}', 'p', 'm')), 0)
            from workflow_runs r join messages m on m.id = r.question_message_id where r.id = $1
            """,
        ["overmind.texts_to_migrate"] =
            """
            select count(*)
            from overmind.texts_to_migrate('messages', '00000000-0000-0000-0000-000000000000', 1000, 1000) t
            where not exists (select from messages m where m.organization_id = overmind.org_id() and m.id = t.id)
            """,
        ["overmind.find_cached_vectors"] = "select count(*) from organizations o cross join lateral overmind.find_cached_vectors('p/m', array[sha256('secret')]) where o.id = $2",
        ["overmind.cache_vectors"] = "with kept as materialized (select overmind.cache_vectors('p/m', array[sha256('x')], '{[1]}') from organizations where id = $2) select count(*) from kept",
        ["overmind.search_query"] = "select count(*) from organizations o where o.id = $2 and numnode(overmind.search_query('secret')) > 0",
        ["overmind.search_tagged_conversations"] =
            """
            select count(*)
            from unnest(overmind.search_tagged_conversations('sample')) as t (id)
            where not exists (select from conversations c where c.id = t.id)
            """,
        ["overmind.authenticate_api_key"] =
            "select count(*) from overmind.authenticate_api_key($2, (select key_hash from api_keys limit 1))",
    };

    /// <summary>For the service alone, with no tenant's rows but those that its arguments name.</summary>
    static readonly string[] ServiceOnly =
    [
        "overmind.abandon_sessions", "overmind.accept_invitation", "overmind.add_data_protection_key", "overmind.add_one_time_token", "overmind.add_signing_key",
        "overmind.audit_as", "overmind.authenticate_session", "overmind.begin_cached_call", "overmind.block_job", "overmind.claim_jobs",
        "overmind.complete_jobs", "overmind.confirm_sign_up", "overmind.count_cache_hits",
        "overmind.create_first_organization", "overmind.create_organization", "overmind.create_past_partitions", "overmind.delete_ended_jobs",
        "overmind.delete_ended_sessions", "overmind.delete_expired_cache", "overmind.delete_expired_idempotency_keys", "overmind.delete_expired_memories",
        "overmind.delete_old_vectors", "overmind.delete_old_webhook_deliveries", "overmind.delete_unused_files", "overmind.due_schedules",
        "overmind.embedding_status", "overmind.end_cached_call", "overmind.end_cancelled_organizations", "overmind.end_embedding_migration", "overmind.enqueue_installation_jobs",
        "overmind.find_account", "overmind.find_cached_response", "overmind.find_external_identity", "overmind.find_first_admin", "overmind.find_invitation",
        "overmind.find_membership", "overmind.find_one_time_token", "overmind.find_refused_api_key", "overmind.find_sign_in",
        "overmind.find_similar_response", "overmind.finish_job", "overmind.fire_schedule", "overmind.fold_budgets", "overmind.fold_memory_accesses",
        "overmind.fold_run_uses", "overmind.fold_share_views", "overmind.fold_template_uses", "overmind.fold_usage", "overmind.forget_one_time_token",
        "overmind.join_organization", "overmind.keep_installation_schedule", "overmind.link_external_identity", "overmind.list_organizations",
        "overmind.list_workers", "overmind.move_budget_jobs", "overmind.move_session", "overmind.move_vectors", "overmind.next_job_at", "overmind.next_schedule_wait", "overmind.note_embedding_migration",
        "overmind.organizations_to_embed", "overmind.organizations_to_index", "overmind.organizations_to_migrate", "overmind.organizations_to_purge",
        "overmind.organizations_with_audit_retention", "overmind.organizations_with_auto_archive", "overmind.organizations_with_consolidation",
        "overmind.organizations_with_memory_pruning", "overmind.organizations_with_retention", "overmind.purge_attachments", "overmind.purge_organization",
        "overmind.read_data_protection_keys", "overmind.read_model_provider",
        "overmind.read_signing_keys", "overmind.rebuild_stale_usage", "overmind.rebuild_usage", "overmind.record_activity", "overmind.record_sign_in", "overmind.record_worker", "overmind.refresh_session",
        "overmind.register_embedding_model", "overmind.release_dead_leases", "overmind.renew_leases", "overmind.report_job", "overmind.reset_password", "overmind.roll_subscriptions",
        "overmind.seal_audit_logs", "overmind.seed_organization", "overmind.set_invitation_token", "overmind.set_organization_limits",
        "overmind.set_organization_state", "overmind.set_password", "overmind.set_subscription_tier", "overmind.set_tier", "overmind.settle_abandoned_calls",
        "overmind.shared_messages", "overmind.start_session", "overmind.store_cached_response", "overmind.switch_embedding_model", "overmind.take_embedding_migration", "overmind.touch_api_keys", "overmind.verify_email",
        "overmind.view_share", "public.create_monthly_partitions",
    ];

    [Fact]
    public async Task Every_function_that_a_request_role_may_call_is_known_here() =>
        (await data.ListAsync<string>(Functions("(has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('service_role', p.oid, 'execute'))")))
            .ShouldBe(Pure.Concat(Calls.Keys).Concat(ServiceOnly).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Functions_called_with_another_organizations_ids_find_nothing()
    {
        var run = await data.Database.ScalarAsync<Guid>("select id from workflow_runs where organization_id = $1 limit 1", data.First.OrganizationId);
        var workflow = await data.Database.ScalarAsync<Guid>("select workflow_id from workflow_runs where id = $1", run);
        var job = await data.Database.ScalarAsync<Guid>("select id from jobs where organization_id = $1 limit 1", data.First.OrganizationId);
        foreach (var (function, call) in Calls)
            foreach (var caller in (Claims[])[data.Second.User, data.Second.Admin, data.Second.Admin with { DatabaseRole = DatabaseRole.ServiceRole }, Claims.Service])
                (await data.TryAsync(caller, $"{call} -- $1, $2, $3, $4", run, data.First.OrganizationId, workflow, job)).ShouldBeOneOf(["0", "23503", "OV001", "42501"], function);
        (await data.Database.ScalarAsync<long>("select usage_count from workflows where id = $1", workflow)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_for_the_service_is_refused_to_members()
    {
        var open = await data.ListAsync<string>(Functions("(has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('authenticated', p.oid, 'execute'))"));
        open.Intersect(ServiceOnly).ShouldBeEmpty();
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.claim_jobs('{sample}', 'me', 1, 10, interval '1 hour')")).ShouldBe("42501");
        (await data.TryAsync(data.First.Admin, "select count(*) from overmind.find_sign_in('user@second.test')")).ShouldBe("42501");
    }

    [Fact]
    public async Task Definer_functions_are_exactly_those_of_the_security_page_and_fix_their_search_path()
    {
        var documented = DefinerRow().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "security.md"))).Select(m => m.Groups["name"].Value);
        (await data.ListAsync<string>(Functions("p.prosecdef"))).ShouldBe(documented.Order(StringComparer.Ordinal));
        (await data.ListAsync<string>(Functions("p.prosecdef and has_function_privilege('public', p.oid, 'execute')"))).ShouldBeEmpty();
    }

    // Those that do neither are inlined into statements, as their caller, and qualify every name.
    [Fact]
    public async Task Functions_fix_their_search_path_or_have_a_body_of_the_standard() =>
        (await data.ListAsync<string>(Functions(
            "p.prosqlbody is null and not exists (select from unnest(p.proconfig) as c where c like 'search_path=%')")))
            .ShouldBe(["overmind.branch_segments", "overmind.memory_policy", "overmind.search_weights", "overmind.tokens_in_window", "overmind.usage_keys", "overmind.window_messages"]);

    [Fact]
    public async Task A_callers_temporary_objects_come_last_in_a_function_that_runs_as_the_owner() =>
        (await data.ListAsync<string>(Functions("p.prosecdef and not exists (select from unnest(p.proconfig) as c where c like 'search_path=pg_catalog%, pg_temp')")))
            .ShouldBeEmpty();

    static string Functions(string condition) =>
        $"""
        select p.pronamespace::regnamespace || '.' || p.proname
        from pg_proc p
        where p.pronamespace in ('public'::regnamespace, 'overmind'::regnamespace, 'auth'::regnamespace)
          and p.prorettype <> 'trigger'::regtype
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
          and {condition}
        order by p.pronamespace::regnamespace::text collate "C", p.proname collate "C"
        """;

    [GeneratedRegex(@"^\| `(?<name>[a-z]+\.[a-z_]+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DefinerRow();
}
