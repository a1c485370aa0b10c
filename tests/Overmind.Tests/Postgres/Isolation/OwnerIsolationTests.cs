using Overmind.Postgres;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>Within an organization: what is private, and what a viewer may.</summary>
public class OwnerIsolationTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    [Fact]
    public async Task A_private_row_is_its_owners_and_the_admins_alone()
    {
        data.Owners.Count.ShouldBeGreaterThan(9);
        foreach (var (table, owner) in data.Owners)
        {
            var query = $"select count(*) from {table} where {owner} = $1";
            (await data.TryAsync(data.First.User, query, data.First.User.UserId)).ShouldNotBe("0", table);
            (await data.TryAsync(data.First.Admin, query, data.First.User.UserId)).ShouldNotBe("0", table);
            (await data.TryAsync(data.First.OtherUser, query, data.First.User.UserId)).ShouldBe("0", table);
            (await data.TryAsync(data.First.Viewer, query, data.First.User.UserId)).ShouldBe("0", table);
        }
    }

    [Fact]
    public async Task A_private_row_is_not_changed_deleted_or_forged_by_another_member()
    {
        foreach (var (table, owner) in data.Owners)
        {
            var column = await data.UpdatableColumnAsync(table);
            var before = await data.Database.ScalarAsync<long>($"select count(*) from {table}");
            (await data.TryAsync(data.First.OtherUser, $"update {table} set {column} = {column} where {owner} = $1", data.First.User.UserId)).ShouldBeOneOf(["0", "42501"], table);
            (await data.TryAsync(data.First.OtherUser, $"delete from {table} where {owner} = $1", data.First.User.UserId)).ShouldBeOneOf(["0", "42501"], table);

            var copy = await data.Database.ScalarAsync<string>(
                $$"""
                select (to_jsonb(t) || jsonb_build_object('id', overmind.uuid_v7(), 'sequence_number', 1000, 'iteration', 77, 'step_key', '77/observe'))::text
                from {{table}} t
                where {{owner}} = $1
                limit 1
                """, data.First.User.UserId!);
            foreach (var visibility in (string[])["private", "organization"])
                (await data.TryAsync(
                    data.First.OtherUser,
                    $"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb || jsonb_build_object('visibility', $2::text))", copy, visibility))
                    .ShouldBeOneOf(["42501", "23503"], $"{table}, {visibility}");
            (await data.Database.ScalarAsync<long>($"select count(*) from {table}")).ShouldBe(before, table);
        }
    }

    [Fact]
    public async Task A_viewer_writes_nothing()
    {
        foreach (var table in data.TenantTables)
        {
            var column = await data.UpdatableColumnAsync(table);
            (await data.TryAsync(data.First.Viewer, $"update {table} set {column} = {column}")).ShouldBeOneOf(["0", "42501"], table);
            (await data.TryAsync(data.First.Viewer, $"delete from {table}")).ShouldBeOneOf(["0", "42501"], table);
            var copy = await data.CopyOfAsync(table, data.First.OrganizationId);
            var own = data.Owners.TryGetValue(table, out var owner) ? owner : "created_by";
            (await data.TryAsync(
                data.First.Viewer,
                $"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb || jsonb_build_object($2::text, $3::uuid))", copy, own, data.First.Viewer.UserId))
                .ShouldBeOneOf(["42501", "23503"], table);
        }
    }
}
