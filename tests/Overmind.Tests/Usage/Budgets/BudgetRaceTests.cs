using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Usage.Budgets;

public sealed class BudgetRaceTests(TestPostgres postgres) : IAsyncLifetime
{
    const int Connections = 16;

    const string Reserve = "insert into token_usage (organization_id, id, user_id, provider, model) values ($1, $2, $3, 'openai', 'gpt-4o') returning status";

    readonly BudgetStage _stage = new(postgres);

    public ValueTask InitializeAsync() => _stage.InitializeAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Of_all_that_race_for_a_budget_exactly_as_many_get_through_as_it_has_room_for()
    {
        var budget = await _stage.AddAsync("25");

        var let = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => RaceAsync()));

        let.Sum().ShouldBe(25);
        (await _stage.UsageAsync(budget)).ShouldBe("0 25");
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty();

        async Task<int> RaceAsync()
        {
            await using var connection = await _stage.Database.Owner.OpenConnectionAsync();
            var through = 0;
            for (var attempt = 0; attempt < 5; attempt++)
                if (await TryAsync(connection, Guid.CreateVersion7()))
                    through++;
            return through;
        }
    }

    [Fact]
    public async Task Those_that_die_on_the_way_and_those_that_settle_change_nothing_of_it()
    {
        var budget = await _stage.AddAsync("60");
        await _stage.AddAsync("60", "dimension", "'user'");
        await _stage.AddAsync("60", "dimension", "'model'");

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(RaceAsync));
        while (await _stage.ReserveAsync())
        {
        }

        (await _stage.Database.ScalarAsync<long>("select count(*) from token_usage where outcome is distinct from 'blocked'")).ShouldBe(60);
        (await _stage.Database.ScalarAsync<decimal>("select used + reserved from budget_usage where budget_id = $1", budget)).ShouldBe(60);
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty();

        async Task RaceAsync(int seed)
        {
            var random = new Random(seed);
            for (var attempt = 0; attempt < 8; attempt++)
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_stage.Database.OwnerConnectionString) { Pooling = false }.ConnectionString);
                await connection.OpenAsync();
                var call = Guid.CreateVersion7();
                if (random.Next(4) == 0)
                {
                    // Its process dies with the call reserved and not committed.
                    await using var died = await connection.BeginTransactionAsync();
                    await TryAsync(connection, call);
                    await using var kill = new NpgsqlCommand("select pg_terminate_backend(pg_backend_pid())", connection);
                    await Should.ThrowAsync<NpgsqlException>(kill.ExecuteNonQueryAsync());
                }
                else if (await TryAsync(connection, call) && random.Next(2) == 0)
                {
                    await _stage.SettleAsync(call);
                }
            }
        }
    }

    [Fact]
    public async Task Many_that_are_refused_at_once_tell_once()
    {
        await _stage.Database.ExecuteAsync(
            "insert into webhook_endpoints (organization_id, user_id, url, secret, event_types) values ($1, $2, 'https://example.org/hook', '\\x00', '{budget.limit_reached}')",
            _stage.Tenant.OrganizationId, _stage.Tenant.Admin.UserId!);
        await _stage.AddAsync("1");
        var only = Guid.CreateVersion7();
        await _stage.ReserveAsync(only);
        await _stage.SettleAsync(only);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ => (await _stage.ReserveAsync()).ShouldBeFalse()));

        (await _stage.Database.ScalarAsync<long>("select count(*) from webhook_deliveries where event_type = 'budget.limit_reached'")).ShouldBe(1);
        (await _stage.Database.ScalarAsync<string>("select string_agg(concat_ws(' ', payload ->> 'email', payload -> 'budget' ->> 'event'), ',') from jobs where kind = 'mail.send'"))
            .ShouldBe("admin@first.test limit_reached");
        var told = await _stage.Database.ScalarAsync<string>("select body::jsonb -> 'data' ->> 'limit_amount' || ' ' || (body::jsonb -> 'data' -> 'usage' ->> 'used') from webhook_deliveries");
        told.ShouldBe("1 1");
    }

    [Fact]
    public async Task The_soft_limit_is_told_once_also_when_it_is_a_settlement_that_crosses_it()
    {
        await _stage.Database.ExecuteAsync(
            "insert into webhook_endpoints (organization_id, user_id, url, secret) values ($1, $2, 'https://example.org/hook', '\\x00')",
            _stage.Tenant.OrganizationId, _stage.Tenant.Admin.UserId!);
        await _stage.AddAsync("1000", "unit", "'tokens'");
        var calls = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var call in calls)
            (await _stage.ReserveAsync(call, input: 290, output: 10)).ShouldBeTrue();

        foreach (var call in calls)
        {
            await _stage.SettleAsync(call, 285, 0);
            await _stage.FoldAsync();
        }

        (await EventsAsync()).ShouldBe("budget.soft_limit_reached");
        await _stage.Database.ExecuteAsync("update budgets set limit_amount = 800");
        (await EventsAsync()).ShouldBe("budget.soft_limit_reached budget.limit_reached");

        Task<string> EventsAsync() => _stage.Database.ScalarAsync<string>("select string_agg(event_type, ' ' order by id) from webhook_deliveries");
    }

    async Task<bool> TryAsync(NpgsqlConnection connection, Guid id)
    {
        await using var command = new NpgsqlCommand(Reserve, connection);
        command.Parameters.Add(new() { Value = _stage.Tenant.OrganizationId });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = _stage.Tenant.User.UserId!.Value });
        return (string)(await command.ExecuteScalarAsync())! == "reserved";
    }
}
