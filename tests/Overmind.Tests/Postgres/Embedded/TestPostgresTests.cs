using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Embedded;

public class TestPostgresTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_test_gets_a_database_of_its_own_that_knows_vectors()
    {
        var first = await postgres.CreateEmptyDatabaseAsync();
        var second = await postgres.CreateEmptyDatabaseAsync();

        (await ScalarAsync(first, "select ('[1,2,3]'::vector <-> '[1,2,4]')::text || current_user || current_database()")).ShouldStartWith("1overmind_ownertest_");
        (await ScalarAsync(second, "select current_database()")).ShouldNotBe(await ScalarAsync(first, "select current_database()"));
    }

    [Fact]
    public async Task The_owner_is_no_superuser_and_creates_roles_and_trusted_extensions()
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        (await ScalarAsync(database, "create extension btree_gin; create extension pgcrypto; create role made_by_owner; drop role made_by_owner; select rolsuper::text from pg_roles where rolname = current_user"))
            .ShouldBe("false");
    }

    static async Task<string> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
