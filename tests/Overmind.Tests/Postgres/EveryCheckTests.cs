using Npgsql;
using Overmind.Testing;
using Overmind.Tests.Postgres.Isolation;

namespace Overmind.Tests.Postgres;

/// <summary>Breaks every CHECK of the catalogue once, and it alone: a check that nothing can break says nothing.</summary>
public class EveryCheckTests(IsolationDatabase data, TestPostgres postgres) : IClassFixture<IsolationDatabase>
{
    const string TooLong = "repeat('x', 501)";

    static readonly Dictionary<string, string> Violations = new()
    {
        ["organizations_max_users_positive"] = "max_users = 0",
        ["organizations_monthly_query_limit_not_negative"] = "monthly_query_limit = -1",
        ["organizations_monthly_token_limit_not_negative"] = "monthly_token_limit = -1",
        ["organizations_name_length"] = "name = ''",
        ["organizations_plan_known"] = "plan = 'gold'",
        ["organizations_settings_object"] = "settings = '[]'",
        ["organizations_slug_shape"] = "slug = 'No Slug'",
        ["organizations_status_known"] = "status = 'gone'",
        ["users_avatar_url_length"] = $"avatar_url = {TooLong}",
        ["users_email_shape"] = "email = 'nobody'",
        ["users_name_length"] = "name = ''",
        ["users_preferences_object"] = "preferences = '1'",
        ["organization_members_display_name_length"] = "display_name = ''",
        ["organization_members_permissions_array"] = "permissions = '{}'",
        ["organization_members_role_known"] = "role = 'owner'",
        ["projects_cadence_mode_known"] = "cadence_config = '{}'",
        ["projects_memories_array"] = "memories = '{}'",
        ["projects_metadata_object"] = "metadata = '[]'",
        ["projects_name_length"] = $"name = {TooLong}",
        ["projects_settings_object"] = "settings = 'null'",
        ["projects_status_known"] = "status = 'done'",
        ["projects_visibility_known"] = "visibility = 'public'",
        ["api_keys_key_hash_shape"] = "key_hash = 'secret'",
        ["api_keys_key_prefix_length"] = "key_prefix = 'short'",
        ["api_keys_name_length"] = "name = ''",
        ["api_keys_scopes_array"] = "scopes = '{}'",
        ["api_keys_usage_count_not_negative"] = "usage_count = -1",
        ["model_providers_base_url_shape"] = "base_url = 'https://user@api.example'",
        ["model_providers_key_not_reserved"] = "key = 'offline'",
        ["model_providers_key_shape"] = "key = 'Open AI'",
        ["model_providers_kind_known"] = "kind = 'other'",
        ["model_providers_last_test_error_length"] = "last_test_error = ''",
        ["model_providers_secret_hint_length"] = "secret_hint = '12345'",
        ["model_providers_secret_length"] = "secret = 'secret'",
        ["model_providers_settings_object"] = "settings = '[]'",
        ["idempotency_keys_key_length"] = "key = ''",
        ["idempotency_keys_request_hash_shape"] = "request_hash = 'hash'",
        ["idempotency_keys_response_status_success"] = "response_status = 500, response_body = ''",
        ["idempotency_keys_response_whole"] = "response_status = 200, response_body = null",
        ["idempotency_keys_route_length"] = "route = ''",
        ["jobs_attempt_count_not_negative"] = "attempt_count = -1",
        ["jobs_completed_at_when_ended"] = "status = 'completed'",
        ["jobs_errors_array"] = "errors = '{}'",
        ["jobs_kind_shape"] = "kind = 'Run it'",
        ["jobs_leased_while_processing"] = "status = 'processing'",
        ["jobs_max_attempts_positive"] = "max_attempts = 0",
        ["jobs_metadata_object"] = "metadata = '[]'",
        ["jobs_payload_object"] = "payload = '[]'",
        ["jobs_priority_not_negative"] = "priority = -1",
        ["jobs_progress_range"] = "progress = 1.1",
        ["jobs_retry_config_object"] = "retry_config = '[]'",
        ["jobs_status_known"] = "status = 'lost'",
        ["jobs_unique_key_length"] = $"unique_key = {TooLong}",
        ["token_usage_attempt_positive"] = "attempt = 0",
        ["token_usage_cost_not_negative"] = "cost = 'NaN'",
        ["token_usage_currency_shape"] = "currency = '$'",
        ["token_usage_latency_ms_not_negative"] = "latency_ms = -1",
        ["token_usage_metadata_object"] = "metadata = '[]'",
        ["token_usage_operation_shape"] = "operation = ''",
        ["token_usage_settled_at_when_settled"] = "status = 'settled'",
        ["token_usage_status_known"] = "status = 'guessed'",
        ["token_usage_tokens_not_negative"] = "tokens_cached = -1",
        ["conversations_approve_above_usd_positive"] = "approve_above_usd = 0",
        ["conversations_approve_from_iteration_range"] = "approve_from_iteration = 0",
        ["conversations_archived_when_archived"] = "is_archived = true",
        ["conversations_cost_cap_usd_positive"] = "cost_cap_usd = 0",
        ["conversations_deleted_at_when_deleted"] = "deleted_at = now()",
        ["conversations_embedding_described"] = "embedding = '[1,2]', embedding_model_name = 'm'",
        ["conversations_folder_length"] = "folder = ''",
        ["conversations_last_seq_not_negative"] = "last_seq = -1",
        ["conversations_max_context_tokens_positive"] = "max_context_tokens = 0",
        ["conversations_max_n2_iterations_range"] = "max_n2_iterations = 21",
        ["conversations_message_count_not_negative"] = "message_count = -1",
        ["conversations_metadata_object"] = "metadata = '[]'",
        ["conversations_prune_margin_ratio_range"] = "prune_margin_ratio = 0",
        ["conversations_prune_strategy_known"] = "prune_strategy = 'lifo'",
        ["conversations_quality_threshold_range"] = "quality_threshold = 'NaN'",
        ["conversations_rolling_tokens_not_negative"] = "rolling_tokens = -1",
        ["conversations_status_known"] = "status = 'closed'",
        ["conversations_title_length"] = $"title = {TooLong}",
        ["conversations_visibility_known"] = "visibility = 'public'",
        ["messages_content_parts_typed"] = """content_parts = '"type"'""",
        ["messages_context_object"] = "context = '[]'",
        ["messages_embedding_described"] = "embedding = '[1,2]', embedding_model_name = 'm', embedding_dimensions = 3",
        ["messages_latency_ms_not_negative"] = "latency_ms = -1",
        ["messages_metadata_object"] = "metadata = '[]'",
        ["messages_moderation_flags_array"] = "moderation_flags = '{}'",
        ["messages_moderation_status_known"] = "moderation_status = 'odd'",
        ["messages_n2_iterations_not_negative"] = "n2_iterations = -1",
        ["messages_quality_score_range"] = "quality_score = 10.1",
        ["messages_role_known"] = "role = 'human'",
        ["messages_tokens_used_not_negative"] = "tokens_used = -1",
        ["messages_version_length"] = "version = '1.0.0-alpha.1'",
        ["messages_visibility_known"] = "visibility = 'public'",
        ["messages_window_tokens_not_negative"] = "window_tokens = -1",
        ["agent_configurations_avg_quality_score_range"] = "avg_quality_score = -0.1",
        ["agent_configurations_key_shape"] = "key = 'Not a key'",
        ["agent_configurations_max_tokens_positive"] = "max_tokens = 0",
        ["agent_configurations_model_whole"] = "llm_model = 'gpt'",
        ["agent_configurations_name_length"] = "name = ''",
        ["agent_configurations_origin_whole"] = "origin_version = 2, origin_key = null",
        ["agent_configurations_output_format_known"] = "output_format = 'xml'",
        ["agent_configurations_output_schema_for_json"] = "output_schema = '{}'",
        ["agent_configurations_output_schema_object"] = "output_schema = '[]', output_format = 'json'",
        ["agent_configurations_quality_count_not_negative"] = "quality_count = -1",
        ["agent_configurations_role_length"] = "role = ''",
        ["agent_configurations_settings_object"] = "settings = '[]'",
        ["agent_configurations_temperature_range"] = "temperature = 2.1",
        ["agent_configurations_usage_count_not_negative"] = "usage_count = -1",
        ["workflows_cost_cap_usd_positive"] = "cost_cap_usd = 'Infinity'",
        ["workflows_deadline_seconds_positive"] = "deadline_seconds = 0",
        ["workflows_execution_mode_known"] = "execution_mode = 'random'",
        ["workflows_judge_model_whole"] = "judge_model = 'gpt'",
        ["workflows_key_shape"] = "key = '-'",
        ["workflows_max_n2_iterations_range"] = "max_n2_iterations = 0",
        ["workflows_name_length"] = "name = ''",
        ["workflows_origin_whole"] = "origin_version = 2, origin_key = null",
        ["workflows_quality_threshold_range"] = "quality_threshold = 11",
        ["workflows_rating_possible"] = "rating_count = 1, rating_sum = 6",
        ["workflows_settings_object"] = "settings = '[]'",
        ["workflows_synthesis_model_whole"] = "synthesis_provider = 'openai'",
        ["workflows_usage_count_not_negative"] = "usage_count = -1",
        ["workflows_version_positive"] = "version = 0",
        ["workflow_agents_position_positive"] = "position = 0",
        ["workflow_ratings_rating_range"] = "rating = 6",
        ["workflow_runs_approvals_array"] = "approvals = '{}'",
        ["workflow_runs_approve_above_usd_positive"] = "approve_above_usd = 'NaN'",
        ["workflow_runs_approve_from_iteration_range"] = "approve_from_iteration = 21",
        ["workflow_runs_best_iteration_positive"] = "best_iteration = 0",
        ["workflow_runs_best_score_range"] = "best_score = 11",
        ["workflow_runs_completed_at_when_ended"] = "completed_at = now()",
        ["workflow_runs_cost_cap_usd_positive"] = "cost_cap_usd = -1",
        ["workflow_runs_cost_usd_not_negative"] = "cost_usd = -0.01",
        ["workflow_runs_max_n2_iterations_range"] = "max_n2_iterations = 21",
        ["workflow_runs_metadata_object"] = "metadata = '[]'",
        ["workflow_runs_n2_iterations_not_negative"] = "n2_iterations = -1",
        ["workflow_runs_quality_threshold_range"] = "quality_threshold = -1",
        ["workflow_runs_retry_count_not_negative"] = "retry_count = -1",
        ["workflow_runs_status_known"] = "status = 'done'",
        ["workflow_runs_take_count_not_negative"] = "take_count = -1",
        ["workflow_runs_termination_reason_known"] = "termination_reason = 'bored'",
        ["workflow_runs_tokens_not_negative"] = "tokens_output = -1",
        ["workflow_runs_visibility_known"] = "visibility = 'public'",
        ["workflow_runs_waiting_object"] = "waiting = '[]'",
        ["run_steps_attempt_positive"] = "attempt = 0",
        ["run_steps_cost_usd_not_negative"] = "cost_usd = -1",
        ["run_steps_delegation_object"] = "delegation = '[]'",
        ["run_steps_iteration_positive"] = "iteration = 0",
        ["run_steps_latency_ms_not_negative"] = "latency_ms = -1",
        ["run_steps_metadata_object"] = "metadata = '[]'",
        ["run_steps_phase_known"] = "phase = 'think'",
        ["run_steps_prompt_array"] = "prompt = '{}'",
        ["run_steps_status_known"] = "status = 'done'",
        ["run_steps_tokens_not_negative"] = "tokens_input = -1",
        ["run_steps_visibility_known"] = "visibility = 'public'",
        ["step_replays_attempt_not_negative"] = "attempt = -1",
        ["step_replays_completed_at_when_ended"] = "completed_at = now()",
        ["step_replays_cost_usd_not_negative"] = "cost_usd = -1",
        ["step_replays_latency_ms_not_negative"] = "latency_ms = -1",
        ["step_replays_score_range"] = "score = 11",
        ["step_replays_status_known"] = "status = 'done'",
        ["step_replays_temperature_range"] = "temperature = 2.1",
        ["step_replays_tokens_not_negative"] = "tokens_input = -1",
        ["step_replays_visibility_known"] = "visibility = 'public'",
        ["synthesis_events_iteration_positive"] = "iteration = 0",
        ["synthesis_events_latency_ms_not_negative"] = "latency_ms = -1",
        ["synthesis_events_metadata_object"] = "metadata = '[]'",
        ["synthesis_events_quality_score_range"] = "quality_score = -1",
        ["synthesis_events_visibility_known"] = "visibility = 'public'",
        ["run_events_data_object"] = "data = '[]'",
        ["run_events_sequence_number_not_negative"] = "sequence_number = -1",
        ["run_events_type_shape"] = "type = 'created'",
        ["run_events_visibility_known"] = "visibility = 'public'",
    };

    [Fact]
    public async Task Every_check_is_broken_once()
    {
        var checks = await data.ListAsync<string[]>(
            """
            select array[conname::text, conrelid::regclass::text]
            from pg_constraint
            where contype = 'c' and connamespace in ('public'::regnamespace, 'overmind'::regnamespace)
            order by 1
            """);
        checks.Select(c => c[0]).Except(Violations.Keys).ShouldBeEmpty("write a violation of it");
        Violations.Keys.Except(checks.Select(c => c[0])).ShouldBeEmpty("there is no such check any more");

        await using var connection = new NpgsqlConnection(await postgres.AsSuperuserAsync(data.Database.OwnerConnectionString));
        await connection.OpenAsync();
        // Without the triggers that would repair a row before it is checked.
        await ExecuteAsync(connection, "set session_replication_role = replica");
        foreach (var (check, table) in checks.Select(c => (c[0], c[1])))
        {
            var update = $"update {table} set {Violations[check]} where ctid = (select ctid from {table} order by created_at desc limit 1)";
            var refused = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, update), check);
            (refused.SqlState, refused.ConstraintName).ShouldBe(("23514", check));
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
