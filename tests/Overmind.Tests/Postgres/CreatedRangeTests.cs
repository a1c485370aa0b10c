using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

public class CreatedRangeTests(TestPostgres postgres)
{
    [Fact]
    public async Task Few_of_many_are_found_by_the_index_under_row_level_security_too()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var admin = (await TestTenants.CreateAsync(database)).First.Admin;
        await database.ExecuteAsync(
            """
            insert into conversations (organization_id, user_id, title, created_at)
            select $1, $2, 'One of many', timestamptz '2026-01-31 12:00:00Z' + n * interval '1 minute'
            from generate_series(1, 20000) as n
            """, admin.OrganizationId!.Value, admin.UserId!.Value);
        await database.ExecuteAsync("analyze conversations");
        var from = new DateTimeOffset(2026, 2, 5, 0, 0, 0, TimeSpan.Zero);
        List<object?> parameters = [];
        var range = CreatedRange.And(new TimeRange { From = from, Before = from.AddMinutes(3) }, parameters);

        var plan = await database.Database.ListAsync<string>(
            admin, $"explain (analyze) select id from conversations where deleted_at is null{range} order by id desc limit 21", [.. parameters], default);

        range.ShouldBe(" and created_at >= $1 and created_at < $2");
        string.Join('\n', plan).ShouldContain("conversations_created_at_idx");
        plan[0].ShouldContain("rows=3 ");
    }

    [Fact]
    public void The_ends_of_a_range_are_whole_microseconds_with_nothing_lost_between()
    {
        var noon = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        foreach (var ticks in new[] { 1, 5, 10 })
            new TimeRange { From = noon.AddTicks(ticks), Before = noon.AddTicks(ticks) }.ShouldBe(new TimeRange { From = noon.AddMicroseconds(1), Before = noon.AddMicroseconds(1) });
        new TimeRange { From = DateTimeOffset.MaxValue, Before = DateTimeOffset.MinValue }.ShouldBe(new TimeRange { From = DateTimeOffset.MaxValue, Before = DateTimeOffset.MinValue });
    }
}
