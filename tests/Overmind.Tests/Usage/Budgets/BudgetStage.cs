using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Usage.Budgets;

/// <summary>A database with two organizations, and the calls of their members.</summary>
public sealed class BudgetStage(TestPostgres postgres) : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public TestTenant Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        (Tenant, Other) = await TestTenants.CreateAsync(Database);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Makes a budget of the first organization.</summary>
    /// <param name="columns">What is not a budget of calls of the organization, by the month; <c>name</c> is made up.</param>
    public Task<Guid> AddAsync(string limit, string columns = "", string values = "") => Database.ScalarAsync<Guid>(
        $"""
        insert into budgets (organization_id, name, limit_amount{(columns.Contains("dimension") ? "" : ", dimension")}{(columns.Contains("period") ? "" : ", period")}{(columns.Contains("unit") ? "" : ", unit")}{(columns.Length > 0 ? $", {columns}" : "")})
        values ($1, overmind.uuid_v7()::text, {limit}{(columns.Contains("dimension") ? "" : ", 'organization'")}{(columns.Contains("period") ? "" : ", 'month'")}{(columns.Contains("unit") ? "" : ", 'calls'")}{(values.Length > 0 ? $", {values}" : "")})
        returning id
        """, Tenant.OrganizationId);

    /// <summary>Reserves a call; whether it may be made.</summary>
    public async Task<bool> ReserveAsync(Guid? id = null, string model = "gpt-4o", int input = 100, int output = 50, Guid? user = null, bool isScheduled = false, string provider = "openai") =>
        await Database.ScalarAsync<string>(
            """
            insert into token_usage (organization_id, id, user_id, provider, model, is_scheduled, metadata)
            values ($1, $2, $3, $8, $4, $7, jsonb_build_object('estimated_tokens_input', $5, 'max_output_tokens', $6))
            returning status
            """, Tenant.OrganizationId, id ?? Guid.CreateVersion7(), user ?? Tenant.User.UserId!, model, input, output, isScheduled, provider) == "reserved";

    /// <summary>Settles one.</summary>
    public Task SettleAsync(Guid id, int input = 100, int output = 10, decimal? cost = null) => Database.ExecuteAsync(
        """
        update token_usage
        set status = 'settled', outcome = 'succeeded', settled_at = now(), tokens_input = $2, tokens_output = $3, cost = $4
        where id = $1
        """, id, input, output, (object?)cost ?? DBNull.Value);

    /// <summary>Folds what is pending, as each node does every second.</summary>
    public async Task FoldAsync()
    {
        while (await Database.ScalarAsync<long>("select overmind.fold_budgets()") > 0)
        {
        }
    }

    /// <summary>A budget's use: what is used, held, and which marks it has.</summary>
    public Task<string> UsageAsync(Guid budget, string? subject = null) => Database.ScalarAsync<string>(
        """
        select concat_ws(' ', trim_scale(used), trim_scale(reserved), case when soft_reached_at is not null then 'soft' end,
            case when reached_at is not null then 'reached' end, case when stopped_at is not null then 'stopped' end)
        from budget_usage
        where budget_id = $1 and ($2 = '' or subject = $2)
        """, budget, subject ?? "");

    /// <summary>Where a budget's sums are not what the ledger says, both sides.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(
            """
            with ledger as (
                select b.id, overmind.budget_subject(b, u.provider, u.model, u.user_id, u.api_key_id, u.project_id, u.workflow_key) as subject, t.period_start, u.status,
                    overmind.budget_amount(b, u) as amount, coalesce((u.held ->> b.id::text)::numeric, 0) as held
                from budgets b
                join organizations o on o.id = b.organization_id
                join token_usage u on u.organization_id = b.organization_id and u.outcome is distinct from 'blocked'
                cross join lateral overmind.budget_period(o.timezone, b.period, u.created_at) as t
                cross join lateral overmind.budget_period(o.timezone, b.period, statement_timestamp()) as present
                where b.is_active and b.recount_after is null and t.period_start = present.period_start
            ),
            said as (
                select id, subject, sum(coalesce(amount, 0)) filter (where status = 'settled') as used,
                    coalesce(sum(held) filter (where status = 'reserved'), 0) as reserved
                from ledger l
                where subject is not null
                group by id, subject
            )
            select concat_ws(' ', s.id, s.subject, 'ledger', coalesce(s.used, 0), s.reserved, 'budget', u.used, u.reserved)
            from said s
            left join budget_usage u on u.budget_id = s.id and u.subject = s.subject
            where coalesce(s.used, 0) <> coalesce(u.used, 0)
               or s.reserved <> coalesce(u.reserved, 0)
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
            found.Add(reader.GetString(0));
        return found;
    }
}
