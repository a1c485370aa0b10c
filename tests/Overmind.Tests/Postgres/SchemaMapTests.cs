using System.Text.RegularExpressions;
using Overmind.Testing;
using Overmind.Tests.Postgres.Isolation;

namespace Overmind.Tests.Postgres;

public partial class SchemaMapTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    [Fact]
    public async Task The_schema_map_names_every_table_and_view_and_no_column_or_function_that_is_not_there()
    {
        var map = await File.ReadAllTextAsync(Repository.PathOf("docs", "schema-map.md"));
        var columns = (await data.ListAsync<string>(
            """
            select c.relname || '.' || a.attname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """)).ToHashSet();
        var tables = columns.Select(c => c.Split('.')[0]).ToHashSet();

        tables.Where(table => !map.Contains($"`{table}`", StringComparison.Ordinal) && !map.Contains($"### {table}\n", StringComparison.Ordinal)).ShouldBeEmpty();
        Column().Matches(map).Select(m => m.Groups["name"].Value).Where(name => tables.Contains(name.Split('.')[0])).Distinct().Except(columns).ShouldBeEmpty();

        var functions = await data.ListAsync<string>(
            "select pronamespace::regnamespace || '.' || proname from pg_proc where pronamespace in ('overmind'::regnamespace, 'auth'::regnamespace, 'public'::regnamespace)");
        Function().Matches(map).Select(m => m.Groups["name"].Value).Distinct().Except(functions).ShouldBeEmpty();
    }

    [GeneratedRegex(@"`(?<name>[a-z_]+\.[a-z_0-9]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Column();

    [GeneratedRegex(@"`(?<name>(overmind|public)\.[a-z_0-9]+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Function();
}
