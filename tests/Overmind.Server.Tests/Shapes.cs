using System.Text.Json;

namespace Overmind.Server.Tests;

/// <summary>The members that each resource has, all of them always.</summary>
static class Shapes
{
    const string Conversation =
        "id object title user_id visibility project_id status message_count tags folder metadata workflow_id quality_threshold "
        + "max_n2_iterations cost_cap_usd last_activity_at created_at updated_at";

    const string Message =
        "id object conversation_id seq role content content_parts parent_message_id run_id sender_user_id model_used quality_score "
        + "n2_iterations tokens_used latency_ms metadata edited created_at";

    const string Run =
        "id object conversation_id question_message_id answer_message_id workflow status termination_reason quality_threshold "
        + "max_n2_iterations cost_cap_usd approve_from_iteration approve_above_usd deadline_at waiting approvals retry_count last_retry_at n2_iterations best_iteration best_score tokens_input tokens_output cost_usd is_offline "
        + "error cancel_requested_at created_at started_at completed_at latency_ms answer";

    const string Step =
        "id object run_id step_key iteration phase agent provider model status attempt output delegation prompt error_message error_code tokens_input tokens_output "
        + "cost_usd latency_ms is_estimated started_at completed_at cache cache_hit_id";

    const string Replay =
        "id object run_id step_id provider model temperature status output error_message score tokens_input tokens_output cost_usd is_estimated "
        + "latency_ms requested_by created_at completed_at";

    const string Agent =
        "id object key name role goal backstory output_format output_schema model temperature max_tokens allow_delegation verbose settings is_active "
        + "is_public usage_count avg_quality_score origin_key origin_version created_by created_at updated_at";

    const string PublicAgent =
        "id object organization_name key name role goal backstory output_format output_schema temperature max_tokens updated_at";

    const string Workflow =
        "id object key version is_active name description category execution_mode quality_threshold max_n2_iterations cost_cap_usd deadline_seconds "
        + "synthesis_model judge_model settings agents is_public is_template usage_count rating rating_count my_rating origin_key origin_version created_by "
        + "frozen_at created_at updated_at";

    const string PublicWorkflow =
        "id object organization_name key version name description category execution_mode quality_threshold max_n2_iterations agents updated_at";

    const string ApiKey =
        "id object name key_prefix scopes user_id is_active expires_at last_used_at usage_count created_at revoked_at rotated_at replaces";

    const string ModelProvider =
        "id object key kind base_url secret_hint settings is_active last_test_at last_test_error created_by created_at updated_at";
    const string Job =
        "id object kind status user_id priority payload run_at unique_key batch_id attempt_count max_attempts progress result last_error errors "
        + "retry_config metadata worker lease_expires_at cancel_requested_at picked_up_at last_attempt_at completed_at created_at";

    const string Worker = "object name host pid kinds concurrency running started_at last_seen_at";
    const string Schedule =
        "id object name user_id project_id cadence_config cron local_time time_zone kind payload max_attempts missed_runs is_paused next_run_at "
        + "last_run_at created_at updated_at";

    const string WebhookEndpoint =
        "id object url description event_types is_enabled disabled_reason failing_since last_success_at previous_secret_expires_at created_at updated_at";

    const string AuditLog =
        "id object user_id user_name api_key_id event_type action resource_type resource_id status old_values new_values metadata request_id ip_address "
        + "user_agent personal created_at";

    const string WebhookDelivery =
        "id object endpoint_id event_id event_type status attempt_count attempts body next_attempt_at completed_at created_at";

    public static readonly IReadOnlyDictionary<string, string> ByObject = new Dictionary<string, string>()
    {
        ["conversation"] = Conversation,
        ["message"] = Message,
        ["run"] = Run,
        ["run.step"] = Step,
        ["step.replay"] = Replay,
        ["run.comparison"] = "object left right question settings iterations answer_diff",
        ["agent"] = Agent,
        ["workflow"] = Workflow,
        ["public_agent"] = PublicAgent,
        ["public_workflow"] = PublicWorkflow,
        ["workflow.diff"] = "object key from to fields agents_added agents_removed agents_moved agent_changes",
        ["job"] = Job,
        ["usage"] = "object bucket_width group_by timezone data",
        ["job_stats"] = "object since counts kinds buckets",
        ["worker"] = Worker,
        ["api_key"] = ApiKey,
        ["model_provider"] = ModelProvider,
        ["playground.answer"] = "id object provider model agent_id output error_message error_code format_error is_offline tokens_input tokens_output cost_usd is_estimated latency_ms cache",
        ["audit_retention.preview"] = "object audit_retention_days audit_log_count",
        ["retention.preview"] = "object data_retention_days conversation_count",
        ["model_provider.test"] = "object provider model latency_ms answer",
        ["model"] = "id object provider name display_name price is_offline",
        ["price"] =
            "id object source provider model context_above service_tier hours valid_from valid_to per_million per_call currency note created_by created_at updated_at",
        ["exchange_rate"] = "id object currency valid_from rate created_by created_at updated_at",
        ["budget"] =
            "id object name dimension subject period unit currency limit_amount soft_ratio on_limit second_limit is_active usage created_by created_at updated_at",
        ["budget.subjects"] = "object data has_more",
        ["cache.entry"] =
            "id object cache_key user_id provider model quality_tier tags question response_content tokens_used cost_usd hit_count last_hit_at expires_at created_at",
        ["cache.hit"] = "id object kind entry_id similarity provider model tokens_saved cost_saved_usd reported_at created_at",
        ["cache.invalidated"] = "object count",
        ["cache.savings"] = "object bucket_width timezone total data similarity_bands",
        ["usage.repricing"] = "object is_applied from to models changed difference",
        ["usage.unpriced_models"] = "object data",
        ["model_list"] = "object data first_id last_id has_more errors",
        ["organization.settings"] =
            "object default_llm_provider default_model models quality_threshold max_n2_iterations cost_cap_usd deadline_seconds approve_from_iteration "
            + "approve_above_usd data_retention_days audit_retention_days enable_analytics response_cache updated_at",
        ["preferences"] = "object theme show_debug_info default_conversation_title auto_save keyboard_shortcuts_enabled notifications_enabled",
        ["schedule"] = Schedule,
        ["schedule.next_runs"] = "runs object",
        ["schedule.run"] = "schedule_id job_id object",
        ["webhook_endpoint"] = WebhookEndpoint,
        ["audit_log"] = AuditLog,
        ["webhook_delivery"] = WebhookDelivery,
        ["list"] = "object data first_id last_id has_more",
        ["organization"] =
            "id object name slug timezone plan status suspended_at suspension_reason cancelled_at ends_at monthly_query_limit monthly_token_limit max_users member_count "
            + "enabled_features experimental_features created_at updated_at deleted_at",
        ["membership"] = "id object name slug plan status role permissions is_current created_at",
        ["member"] =
            "id object user_id display_name avatar_url timezone role permissions email last_login_at last_active_at created_at updated_at left_at",
        ["profile"] = "id object email email_verified display_name avatar_url timezone last_login_at last_active_at created_at updated_at",
        ["trait"] = "id object trait_key trait_value source created_at updated_at",
        ["subscription_tier"] =
            "id object tier_name display_name description rank price_usd period_days monthly_query_limit monthly_token_limit monthly_cost_limit_usd features is_offered",
        ["subscription"] =
            "id object user_id tier status started_at current_period_start current_period_end next_tier created_at updated_at",
        ["me"] = "object organization_id user_id role permissions api_key_id session_id scopes",
        ["session"] = "id object user_id organization_id device_type device_name ip_address user_agent is_current expires_at last_active_at created_at",
        ["session.tokens"] = "object access_token token_type expires_in refresh_token session_id user_id organization_id role",
        ["session.deleted"] = "id object deleted",
        ["session.ended"] = "count object",
        ["acknowledgement"] = "message object",
        ["invitation"] = "id object email role status invited_by expires_at accepted_at accepted_by created_at updated_at",
    };

    /// <summary>That a resource is of this kind and has exactly its members.</summary>
    public static JsonElement ShouldBeA(this JsonElement resource, string kind)
    {
        resource.GetProperty("object").GetString().ShouldBe(kind);
        Members(resource).Order().ShouldBe(ByObject[kind].Split(' ').Order());
        return resource;
    }

    /// <summary>That an answer is a page of resources of this kind, with the cursors of its ends.</summary>
    public static IReadOnlyList<JsonElement> ShouldBeAListOf(this Answer answer, string kind)
    {
        var list = answer.Expect(200).Json.ShouldBeA("list");
        var items = answer.Items;
        foreach (var item in items)
            item.ShouldBeA(kind);
        Text(list, "first_id").ShouldBe(items.Count > 0 ? Text(items[0], "id") : null);
        Text(list, "last_id").ShouldBe(items.Count > 0 ? Text(items[^1], "id") : null);
        return items;
    }

    public static string? Text(this JsonElement resource, string member) => resource.GetProperty(member).GetString();

    public static IEnumerable<string> Members(JsonElement resource) => resource.EnumerateObject().Select(member => member.Name);
}
