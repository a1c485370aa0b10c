using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>What public lints of PostgreSQL schemas look for: nothing that docs/security.md does not explain.</summary>
public class LintTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "security.md"));

    [Fact]
    public async Task A_foreign_key_has_an_index_or_its_reason() =>
        (await data.ListAsync<string>(
            """
            select c.conname::text
            from pg_constraint c
            join pg_class t on t.oid = c.conrelid
            where c.contype = 'f'
              and t.relnamespace = 'public'::regnamespace
              and not exists (
                  select from pg_index i
                  where i.indrelid = t.oid
                    and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] @> c.conkey)
            order by 1
            """)).ShouldBe(Explained("unindexed_foreign_keys", @"`(\w+_fkey)`"));

    [Fact]
    public async Task A_function_that_fixes_no_search_path_has_its_reason() =>
        (await data.ListAsync<string>(
            """
            select p.proname || '()'
            from pg_proc p
            where p.pronamespace = 'overmind'::regnamespace
              and p.proconfig is null
              and p.prorettype <> 'trigger'::regtype
            order by 1
            """)).Except(Explained("function_search_path_mutable", @"`(?:overmind\.)?(\w+\(\))`")).ShouldBeEmpty();

    [Fact]
    public async Task No_table_has_two_indexes_for_one_thing() =>
        (await data.ListAsync<string>(
            """
            select a.indexrelid::regclass || ' = ' || b.indexrelid::regclass
            from pg_index a
            join pg_index b on b.indrelid = a.indrelid and b.indexrelid > a.indexrelid
            join pg_class t on t.oid = a.indrelid and t.relnamespace in ('public'::regnamespace, 'overmind'::regnamespace)
            where a.indkey = b.indkey
              and a.indclass = b.indclass
              and a.indoption = b.indoption
              and a.indpred::text is not distinct from b.indpred::text
              and a.indexprs::text is not distinct from b.indexprs::text
            """)).ShouldBeEmpty();

    [Fact]
    public async Task No_row_level_security_hangs_on_what_a_user_may_change_of_themselves() =>
        (await data.ListAsync<string>(
            "select polname::text from pg_policy where coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') ~ 'user_metadata|jwt'")).ShouldBeEmpty();

    static IEnumerable<string> Explained(string lint, string name) =>
        Regex.Matches(Page.Split('\n').Single(line => line.StartsWith($"| `{lint}` |", StringComparison.Ordinal)), name, RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
}
