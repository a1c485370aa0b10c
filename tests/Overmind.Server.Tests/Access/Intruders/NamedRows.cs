using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Server.Tests.Access.Intruders;

/// <summary>Rows of one person for the parameters of paths, so that each operation is asked for something that is there.</summary>
static class NamedRows
{
    static readonly Dictionary<string, string> Sources = new()
    {
        ["conversation_id"] = "select id from conversations where user_id = $1",
        ["message_id"] = "select id from messages where user_id = $1",
        ["version_number"] = "select version_number from message_versions where user_id = $1",
        ["branch_number"] = "select number from conversation_branches where user_id = $1",
        ["datastore_id"] = "select id from datastores where user_id = $1",
        ["memory_id"] = "select id from memories where user_id = $1 and owner_type = 'agent'",
        ["conversation_session_id"] = "select id from conversation_sessions where user_id = $1",
        ["run_id"] = "select id from workflow_runs where user_id = $1",
        ["other_run_id"] = "select id from workflow_runs where user_id = $1",
        ["step_id"] = "select id from run_steps where user_id = $1",
        ["replay_id"] = "select id from step_replays where user_id = $1",
        ["agent_id"] = "select id from agent_configurations where created_by = $1",
        ["key"] = "select key from workflows where created_by = $1",
        // A name of a model that only its organization has.
        ["model"] = "select 'overmind/' || key from workflows where created_by = $1",
        ["version"] = "select version from workflows where created_by = $1",
        ["workflow_id"] = "select id from workflows where created_by = $1",
        ["api_key_id"] = "select id from api_keys where user_id = $1",
        ["model_provider_id"] = "select id from model_providers where created_by = $1",
        ["job_id"] = "select id from jobs where user_id = $1",
        ["schedule_id"] = "select id from schedules where user_id = $1",
        ["webhook_endpoint_id"] = "select id from webhook_endpoints where user_id = $1",
        ["webhook_delivery_id"] = "select d.id from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id where e.user_id = $1",
        // Everybody may leave by themselves: somebody else of the same organization.
        ["member_id"] = "select o.id from organization_members m join organization_members o on o.organization_id = m.organization_id and o.role = 'admin' where m.user_id = $1",
        ["trait_key"] = "select trait_key from user_traits where user_id = $1",
        ["session_id"] = "select id from sessions where user_id = $1",
        ["invitation_id"] = "select id from invitations where invited_by = $1",
        ["price_id"] = "select id from price_overrides where created_by = $1",
        ["exchange_rate_id"] = "select id from exchange_rates where created_by = $1",
        ["budget_id"] = "select id from budgets where created_by = $1",
        ["cache_entry_id"] = "select id from ai_response_cache where user_id = $1",
        ["cache_hit_id"] = "select id from cache_lookups where user_id = $1",
        ["attachment_id"] = "select id from attachments where user_id = $1",
        ["context_template_id"] = "select id from context_templates where created_by = $1",
        ["share_id"] = "select id from conversation_shares where created_by = $1",
        ["audit_log_id"] = "select id from audit_logs where user_id = $1",
    };

    /// <summary>By parameter.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(TestDatabase database, Claims person)
    {
        var rows = new Dictionary<string, string>();
        foreach (var (parameter, sql) in Sources)
            rows[parameter] = await database.ScalarAsync<string>($"select ({sql} limit 1)::text", person.UserId!.Value);
        return rows;
    }

    /// <summary>The path with them in it.</summary>
    public static string Fill(this IReadOnlyDictionary<string, string> rows, string path) => string.Join('/', path.Split('/').Select(part =>
        !part.StartsWith('{') ? part : rows.TryGetValue(part[1..^1], out var value) ? value : throw new InvalidOperationException($"say in NamedRows where a {part} is found")));
}
