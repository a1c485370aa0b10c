using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>Ids in a path. What is no id cannot be one of a resource either, so it gets the same 404.</summary>
static class RouteIds
{
    public static Guid ConversationId(this HttpContext http) => http.Id("conversation_id", ErrorCode.ConversationNotFound, "conversation");

    public static Guid MessageId(this HttpContext http) => http.Id("message_id", ErrorCode.MessageNotFound, "message");

    public static int BranchNumber(this HttpContext http) => http.Number("branch_number", ErrorCode.BranchNotFound, "branch");

    public static int VersionNumber(this HttpContext http) => http.Number("version_number", ErrorCode.MessageVersionNotFound, "version");

    public static Guid DatastoreId(this HttpContext http) => http.Id("datastore_id", ErrorCode.DatastoreNotFound, "datastore");

    public static Guid MemoryId(this HttpContext http) => http.Id("memory_id", ErrorCode.MemoryNotFound, "memory");

    public static int MemoryVersionNumber(this HttpContext http) => http.Number("version_number", ErrorCode.MemoryVersionNotFound, "version");

    public static Guid ConversationSessionId(this HttpContext http) =>
        http.Id("conversation_session_id", ErrorCode.ConversationSessionNotFound, "session");

    public static Guid ContextTemplateId(this HttpContext http) =>
        http.Id("context_template_id", ErrorCode.ContextTemplateNotFound, "context template");

    public static Guid RunId(this HttpContext http) => http.Id("run_id", ErrorCode.RunNotFound, "run");

    public static Guid AgentId(this HttpContext http) => http.Id("agent_id", ErrorCode.AgentNotFound, "agent");

    public static Guid WorkflowId(this HttpContext http) => http.Id("workflow_id", ErrorCode.WorkflowVersionNotFound, "public workflow");

    public static string WorkflowKey(this HttpContext http) => (string)http.Request.RouteValues["key"]!;

    public static int WorkflowVersion(this HttpContext http)
    {
        var text = (string)http.Request.RouteValues["version"]!;
        return int.TryParse(text, System.Globalization.NumberStyles.None, null, out var version)
            ? version
            : throw new OvermindException(ErrorCode.WorkflowVersionNotFound, $"There is no version {text} of a workflow {http.WorkflowKey()}.");
    }

    public static Guid OtherRunId(this HttpContext http) => http.Id("other_run_id", ErrorCode.RunNotFound, "run");

    public static Guid StepId(this HttpContext http) => http.Id("step_id", ErrorCode.StepNotFound, "step");

    public static Guid ReplayId(this HttpContext http) => http.Id("replay_id", ErrorCode.ReplayNotFound, "replay");

    public static Guid JobId(this HttpContext http) => http.Id("job_id", ErrorCode.JobNotFound, "job");

    public static Guid ApiKeyId(this HttpContext http) => http.Id("api_key_id", ErrorCode.ApiKeyNotFound, "API key");

    public static Guid MemberId(this HttpContext http) => http.Id("member_id", ErrorCode.MemberNotFound, "member");

    public static string TraitKey(this HttpContext http) => (string)http.Request.RouteValues["trait_key"]!;

    public static Guid SessionId(this HttpContext http) => http.Id("session_id", ErrorCode.SessionNotFound, "session");

    public static Guid InvitationId(this HttpContext http) => http.Id("invitation_id", ErrorCode.InvitationNotFound, "invitation");

    public static Guid PriceId(this HttpContext http) => http.Id("price_id", ErrorCode.PriceNotFound, "price");

    public static Guid ExchangeRateId(this HttpContext http) => http.Id("exchange_rate_id", ErrorCode.ExchangeRateNotFound, "exchange rate");

    public static Guid BudgetId(this HttpContext http) => http.Id("budget_id", ErrorCode.BudgetNotFound, "budget");

    public static Guid CacheEntryId(this HttpContext http) => http.Id("cache_entry_id", ErrorCode.CacheEntryNotFound, "answer in the response cache");

    public static Guid CacheHitId(this HttpContext http) => http.Id("cache_hit_id", ErrorCode.CacheHitNotFound, "hit of the response cache");

    public static Guid ModelProviderId(this HttpContext http) => http.Id("model_provider_id", ErrorCode.ModelProviderNotFound, "model provider");

    public static Guid ScheduleId(this HttpContext http) => http.Id("schedule_id", ErrorCode.ScheduleNotFound, "schedule");

    public static Guid WebhookEndpointId(this HttpContext http) => http.Id("webhook_endpoint_id", ErrorCode.WebhookEndpointNotFound, "webhook endpoint");

    public static Guid WebhookDeliveryId(this HttpContext http) => http.Id("webhook_delivery_id", ErrorCode.WebhookDeliveryNotFound, "webhook delivery");

    public static Guid AuditLogId(this HttpContext http) => http.Id("audit_log_id", ErrorCode.AuditLogNotFound, "audit log");

    static int Number(this HttpContext http, string name, ErrorCode notFound, string what)
    {
        var text = (string)http.Request.RouteValues[name]!;
        return int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number)
            ? number
            : throw new OvermindException(notFound, $"There is no {what} {text}.");
    }

    public static Guid AttachmentId(this HttpContext http) => http.Id("attachment_id", ErrorCode.AttachmentNotFound, "attachment");

    public static Guid ShareId(this HttpContext http) => http.Id("share_id", ErrorCode.ShareNotFound, "share");

    static Guid Id(this HttpContext http, string name, ErrorCode notFound, string what)
    {
        var text = (string)http.Request.RouteValues[name]!;
        return Guid.TryParseExact(text, "D", out var id) ? id : throw new OvermindException(notFound, $"There is no {what} {text}.");
    }
}
