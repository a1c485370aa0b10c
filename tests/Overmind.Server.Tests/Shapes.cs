using System.Text.Json;

namespace Overmind.Server.Tests;

/// <summary>The members that each resource has, all of them always.</summary>
static class Shapes
{
    const string Conversation =
        "id object title user_id visibility project_id status active_branch message_count tags folder metadata workflow_id quality_threshold "
        + "max_n2_iterations cost_cap_usd model_provider model_name max_context_tokens auto_prune prune_strategy prune_margin_ratio rolling_tokens last_pruned_at "
        + "forked_from_conversation_id forked_from_message_id last_activity_at created_at updated_at";

    const string Message =
        "id object conversation_id branch seq role content content_parts parent_message_id session_id channel_id run_id sender_user_id sender_agent_id model_used "
        + "quality_score n2_iterations tokens_used latency_ms version metadata context tools memory_refs moderation_status moderation_flags version_number edited pinned "
        + "window_tokens created_at updated_at";

    const string Memory =
        "id object memory_type datastore_id category content content_parts owner_type owner_id user_id visibility tags metadata importance recency decay_rate pinned access_count "
        + "last_accessed_at expires_at valid_from valid_until superseded_by related_memories source source_conversation_id source_message_id source_branch "
        + "embedding_model embedding_dimensions version_number changed_by change_reason created_by created_at updated_at";

    const string Run =
        "id object conversation_id branch question_message_id answer_message_id workflow status termination_reason quality_threshold "
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
        ["memory.consolidation"] = "object dry_run merged summarized abstracted tokens_saved groups",
        ["memory"] = Memory,
        ["memory.version"] = "id object memory_id version_number is_current content content_parts category tags metadata changed_by change_reason created_at",
        ["memory.stats"] = "object count groups",
        ["memory.pruning"] = "object dry_run count memories",
        ["memory.import"] = "object imported skipped failed problems",
        ["datastore"] = "id object name description user_id visibility memory_count agent_ids created_at updated_at",
        ["memory.deletion"] = "object count",
        ["import"] = "object format imported skipped failed messages problems",
        ["message"] = Message,
        ["message.version"] = "id object message_id version_number is_current content content_parts metadata changed_by change_reason created_at",
        ["context_window"] =
            "object conversation_id branch max_tokens margin_tokens system_tokens pinned_tokens summary_tokens message_tokens total_tokens free_tokens is_estimated "
            + "message_count auto_prune prune_strategy pruned_at summary messages has_more",
        ["context_window.pruned"] = "object messages_pruned tokens_freed is_queued window",
        ["context_snapshot"] =
            "id object message_id run_id agent_id segments total_tokens compression_ratio segment_count build_time_ms optimization_count created_at",
        ["context.message"] = "id object seq role pinned tokens is_estimated",
        ["message.diff"] = "object message_id from to lines",
        ["message.node"] = "id object parent_message_id branch is_active seq role preview created_at",
        ["context_template"] =
            "id object name description segments variables total_tokens version use_count use_cases agent_types created_by created_at updated_at",
        ["context_template.version"] = "id object template_id version is_current segments variables total_tokens replaced_by replaced_at",
        ["context_template.rendering"] = "template_id object version messages tokens is_estimated segments",
        ["conversation.branch"] = "id object conversation_id number parent_number forked_after_message_id name reason is_active created_by created_at",
        ["conversation.session"] =
            "id object conversation_id user_id agent_id status message_count total_tokens_used tool_calls_count session_state interruption_context started_at "
            + "last_active ended_at created_by created_at updated_at",
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
        ["conversation.groups"] = "object data",
        ["conversation.group"] = "object name conversation_count archived_count last_activity_at",
        ["conversations.changed"] = "object count",
        ["search.results"] = "object data first_id last_id has_more is_complete mode vector",
        ["memory.search"] = "object data first_id last_id has_more is_complete mode vector",
        ["memory.hit"] = "object memory snippet score score_parts",
        ["search.result"] = "id object type conversation_id conversation_title role branch snippet score score_parts created_at",
        ["moderation.message"] = "id object conversation_id role content sender_user_id status flags moderated_at created_at",
        ["attachment"] = "id object name media_type size_bytes sha256 user_id visibility uploaded_by conversation_id message_ids created_at",
        ["conversation.share"] = "id object conversation_id title branch status view_count last_viewed_at expires_at revoked_at created_by created_at",
        ["shared_conversation"] = "object title shared_at expires_at has_earlier messages",
        ["cache.entry"] =
            "id object cache_key user_id provider model quality_tier tags question response_content tokens_used cost_usd hit_count last_hit_at expires_at created_at",
        ["cache.hit"] = "id object kind entry_id similarity provider model tokens_saved cost_saved_usd reported_at created_at",
        ["cache.invalidated"] = "object count",
        ["cache.savings"] = "object bucket_width timezone total data similarity_bands",
        ["usage.repricing"] = "object is_applied from to models changed difference",
        ["usage.unpriced_models"] = "object data",
        ["usage.over_limit"] = "object data",
        ["model_list"] = "object data first_id last_id has_more errors",
        ["organization.settings"] =
            "object default_llm_provider default_model models quality_threshold max_n2_iterations cost_cap_usd deadline_seconds approve_from_iteration "
            + "approve_above_usd data_retention_days audit_retention_days enable_analytics response_cache auto_archive_days session_timeout_minutes search_language moderation attachments memory search_weights memory_forming memory_consolidation memory_tokens updated_at",
        ["preferences"] = "object theme show_debug_info default_conversation_title auto_save keyboard_shortcuts_enabled notifications_enabled memory_forming",
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
