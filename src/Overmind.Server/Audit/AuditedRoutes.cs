using Overmind.Audit;

namespace Overmind.Server.Audit;

/// <summary>
/// Every route that changes something, and what it is in the audit log; a test compares them with docs/openapi.json. That it succeeded is recorded by the
/// database, in the transaction of the act; that it failed by <see cref="FailedActs"/>.
/// </summary>
static class AuditedRoutes
{
    /// <summary>Anything else that was refused for want of a right.</summary>
    public static readonly AuditedAct Denied = new("access.denied", AuditAction.Execute);

    /// <summary>By method and pattern.</summary>
    public static IReadOnlyDictionary<string, AuditedAct> Acts { get; } = new Dictionary<string, AuditedAct>
    {
        ["DELETE /v1/conversations/{conversation_id}"] = new("conversation.deleted", AuditAction.Delete),
        ["PATCH /v1/conversations/{conversation_id}"] = new("conversation.updated", AuditAction.Update),
        ["POST /v1/runs/{run_id}/approve"] = new("run.approved", AuditAction.Execute),
        ["POST /v1/runs/{run_id}/reject"] = new("run.rejected", AuditAction.Execute),
        ["POST /v1/agents"] = new("agent.created", AuditAction.Create),
        ["PATCH /v1/agents/{agent_id}"] = new("agent.updated", AuditAction.Update),
        ["DELETE /v1/agents/{agent_id}"] = new("agent.deleted", AuditAction.Delete),
        ["POST /v1/agents/{agent_id}/restore"] = new("agent.restored", AuditAction.Update),
        ["POST /v1/agents/{agent_id}/copy"] = new("agent.created", AuditAction.Create),
        ["POST /v1/workflows"] = new("workflow.created", AuditAction.Create),
        ["DELETE /v1/workflows/{key}"] = new("workflow.deleted", AuditAction.Delete),
        ["POST /v1/workflows/{key}/restore"] = new("workflow.restored", AuditAction.Update),
        ["POST /v1/workflows/{key}/versions"] = new("workflow.created", AuditAction.Create),
        ["PATCH /v1/workflows/{key}/versions/{version}"] = new("workflow.updated", AuditAction.Update),
        ["POST /v1/workflows/{key}/versions/{version}/activate"] = new("workflow.activated", AuditAction.Update),
        ["POST /v1/public_workflows/{workflow_id}/copy"] = new("workflow.created", AuditAction.Create),
        ["POST /v1/api_keys"] = new("api_key.created", AuditAction.Create),
        ["POST /v1/api_keys/{api_key_id}/rotate"] = new("api_key.rotated", AuditAction.Update),
        ["DELETE /v1/api_keys/{api_key_id}"] = new("api_key.revoked", AuditAction.Update),
        ["POST /v1/model_providers"] = new("model_provider.created", AuditAction.Create),
        ["PATCH /v1/model_providers/{model_provider_id}"] = new("model_provider.updated", AuditAction.Update),
        ["DELETE /v1/model_providers/{model_provider_id}"] = new("model_provider.deleted", AuditAction.Delete),
        ["POST /v1/model_providers/{model_provider_id}/test"] = new("model_provider.tested", AuditAction.Execute),
        ["DELETE /v1/cache/entries/{cache_entry_id}"] = new("cache_entry.deleted", AuditAction.Delete),
        ["POST /v1/cache/invalidate"] = new("cache.invalidated", AuditAction.Delete),
        ["POST /v1/cache/hits/{cache_hit_id}/report"] = new("cache_hit.reported", AuditAction.Update),
        ["POST /v1/prices"] = new("price.created", AuditAction.Create),
        ["PATCH /v1/prices/{price_id}"] = new("price.updated", AuditAction.Update),
        ["DELETE /v1/prices/{price_id}"] = new("price.deleted", AuditAction.Delete),
        ["POST /v1/exchange_rates"] = new("exchange_rate.created", AuditAction.Create),
        ["DELETE /v1/exchange_rates/{exchange_rate_id}"] = new("exchange_rate.deleted", AuditAction.Delete),
        ["POST /v1/budgets"] = new("budget.created", AuditAction.Create),
        ["PATCH /v1/budgets/{budget_id}"] = new("budget.updated", AuditAction.Update),
        ["DELETE /v1/budgets/{budget_id}"] = new("budget.deleted", AuditAction.Delete),
        ["POST /v1/usage/reprice"] = new("usage.repriced", AuditAction.Update),
        ["POST /v1/jobs/cancel"] = new("job.cancelled", AuditAction.Execute),
        ["POST /v1/jobs/retry"] = new("job.retried", AuditAction.Execute),
        ["POST /v1/jobs/{job_id}/cancel"] = new("job.cancelled", AuditAction.Execute),
        ["POST /v1/jobs/{job_id}/retry"] = new("job.retried", AuditAction.Execute),
        ["POST /v1/schedules"] = new("schedule.created", AuditAction.Create),
        ["PATCH /v1/schedules/{schedule_id}"] = new("schedule.updated", AuditAction.Update),
        ["DELETE /v1/schedules/{schedule_id}"] = new("schedule.deleted", AuditAction.Delete),
        ["POST /v1/schedules/{schedule_id}/pause"] = new("schedule.paused", AuditAction.Update),
        ["POST /v1/schedules/{schedule_id}/resume"] = new("schedule.resumed", AuditAction.Update),
        ["POST /v1/schedules/{schedule_id}/run"] = new("schedule.ran", AuditAction.Execute),
        ["POST /v1/webhook_endpoints"] = new("webhook_endpoint.created", AuditAction.Create),
        ["PATCH /v1/webhook_endpoints/{webhook_endpoint_id}"] = new("webhook_endpoint.updated", AuditAction.Update),
        ["DELETE /v1/webhook_endpoints/{webhook_endpoint_id}"] = new("webhook_endpoint.deleted", AuditAction.Delete),
        ["POST /v1/webhook_endpoints/{webhook_endpoint_id}/rotate"] = new("webhook_endpoint.secret_rotated", AuditAction.Update),
        ["POST /v1/webhook_endpoints/{webhook_endpoint_id}/enable"] = new("webhook_endpoint.enabled", AuditAction.Update),
        ["POST /v1/webhook_endpoints/{webhook_endpoint_id}/test"] = new("webhook_endpoint.tested", AuditAction.Execute),
        ["POST /v1/webhook_deliveries/{webhook_delivery_id}/resend"] = new("webhook_delivery.resent", AuditAction.Execute),
        ["POST /v1/auth/sign_in"] = new("user.login", AuditAction.Login),
        ["POST /v1/auth/sign_out"] = new("user.logout", AuditAction.Logout),
        ["POST /v1/auth/sign_up/confirm"] = new("organization.created", AuditAction.Create),
        ["POST /v1/auth/password"] = new("user.password_changed", AuditAction.Update),
        ["POST /v1/auth/password/reset"] = new("user.password_changed", AuditAction.Update),
        ["DELETE /v1/sessions"] = new("session.revoked", AuditAction.Update),
        ["DELETE /v1/sessions/{session_id}"] = new("session.revoked", AuditAction.Update),
        ["POST /v1/invitations"] = new("invitation.created", AuditAction.Create),
        ["POST /v1/invitations/{invitation_id}/resend"] = new("invitation.resent", AuditAction.Update),
        ["DELETE /v1/invitations/{invitation_id}"] = new("invitation.cancelled", AuditAction.Update),
        ["POST /v1/invitations/accept"] = new("invitation.accepted", AuditAction.Update),
        ["POST /v1/organizations"] = new("organization.created", AuditAction.Create),
        ["PATCH /v1/organization"] = new("organization.updated", AuditAction.Update),
        ["PUT /v1/organization/status"] = new("organization.cancelled", AuditAction.Update),
        ["DELETE /v1/organization"] = new("organization.deleted", AuditAction.Delete),
        ["PATCH /v1/members/{member_id}"] = new("member.updated", AuditAction.Update),
        ["DELETE /v1/members/{member_id}"] = new("member.removed", AuditAction.Update),
        ["PUT /v1/members/{member_id}/subscription"] = new("subscription.updated", AuditAction.Update),
        ["PUT /v1/subscription"] = new("subscription.updated", AuditAction.Update),
        ["PATCH /v1/settings"] = new("organization.settings_changed", AuditAction.Update),
        ["GET /v1/audit_logs"] = new("audit_log.read", AuditAction.Read),
        ["GET /v1/audit_logs/export"] = new("audit_log.exported", AuditAction.Read),
        ["GET /v1/audit_logs/{audit_log_id}"] = new("audit_log.read", AuditAction.Read),
    };

    /// <summary>Those that are not audited when they succeed, and why. Refused for want of a right, they are.</summary>
    public static IReadOnlyDictionary<string, string> NotAudited { get; } = new Dictionary<string, string>
    {
        ["POST /v1/conversations"] = "everyday use of one's own; the conversation says who made it and when",
        ["POST /v1/conversations/{conversation_id}/messages"] = "everyday use of one's own; the message says who sent it and when",
        ["DELETE /v1/conversations/{conversation_id}/messages/{message_id}"] = "everyday use of one's own; the row stays, with the time it was deleted",
        ["POST /v1/conversations/{conversation_id}/runs"] = "everyday use of one's own; the run and its events say who asked and when",
        ["POST /v1/runs/{run_id}/cancel"] = "everyday use of one's own; the run's events tell of it",
        ["POST /v1/runs/{run_id}/retry"] = "everyday use of one's own; the run's event says who and when",
        ["POST /v1/runs/{run_id}/steps/{step_id}/replay"] = "everyday use of one's own; the replay says who asked and when, the ledger what it cost",
        ["POST /v1/playground"] = "everyday use of one's own; the ledger says who asked, when and what it cost",
        ["POST /v1/jobs"] = "the job says whose it is and when it was asked for",
        ["PUT /v1/workflows/{key}/rating"] = "an opinion; the rating says whose it is and when it was given",
        ["PATCH /v1/preferences"] = "how one's own console looks",
        ["PATCH /v1/profile"] = "what one says of oneself",
        ["PUT /v1/traits/{trait_key}"] = "what one says of oneself; the trait says where it came from and when",
        ["DELETE /v1/traits/{trait_key}"] = "what one says of oneself",
        ["POST /v1/auth/refresh"] = "a session that goes on; that it began is audited, and that a token was used twice, which ends it",
        ["POST /v1/auth/sign_up"] = "asks for a mail, by anybody; what its link does is audited",
        ["POST /v1/auth/password/forgot"] = "asks for a mail, by anybody; what its link does is audited",
        ["POST /v1/auth/email/send_verification"] = "asks for a mail to oneself",
        ["POST /v1/auth/email/verify"] = "the account says when its address was verified",
    };

    /// <summary>Null when the route is not audited.</summary>
    public static AuditedAct? Find(string method, string pattern) => Acts.GetValueOrDefault($"{method} {pattern}");
}
