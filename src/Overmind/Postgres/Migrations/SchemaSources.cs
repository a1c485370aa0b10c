using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Overmind.Postgres.Migrations;

/// <summary>The schema's files, as they are embedded in this assembly.</summary>
static partial class SchemaSources
{
    /// <summary>The modules whose routines follow each other in this order; a routine may use those of the modules before its own.</summary>
    static readonly string[] ModuleOrder = ["foundation", "audit", "tenancy", "models", "access", "jobs", "files", "usage", "conversations", "memory", "agents"];

    /// <summary>All migrations, by version.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
        [.. Names("migrations/", ".sql").Where(name => !name.EndsWith(".down.sql", StringComparison.Ordinal)).Select(ReadMigration).OrderBy(m => m.Version)];

    /// <summary>All routines, in the order in which they are applied.</summary>
    public static IReadOnlyList<Routine> Routines { get; } =
        [.. Names("routines/", ".sql").Where(name => name.Split('/').Length == 3).Concat(Names("routines/", Routine.RowsSuffix)).Select(ReadRoutine)
            .OrderBy(r => Array.IndexOf(ModuleOrder, r.Path.Split('/')[0])).ThenBy(r => r.Path, StringComparer.Ordinal)];

    /// <summary>What runs each time something was applied: partitions, system agents.</summary>
    public static string AfterMigrating { get; } = Read("routines/after_migrating.sql");

    static Migration ReadMigration(string resource)
    {
        var name = Path.GetFileNameWithoutExtension(resource);
        var match = MigrationName().Match(name);
        if (!match.Success)
            throw new InvalidOperationException($"The migration {name} is not named NNNN_module_what.");
        var up = Read(resource);
        return new Migration(int.Parse(match.Groups["version"].Value), match.Groups["module"].Value, name, up, Read($"migrations/{name}.down.sql"), Checksum(up));
    }

    static Routine ReadRoutine(string resource)
    {
        var path = resource["routines/".Length..];
        if (!ModuleOrder.Contains(path.Split('/')[0]))
            throw new InvalidOperationException($"The module of the routine {path} has no place in the order of modules.");
        var sql = Read(resource);
        var routine = new Routine(path, sql, Checksum(sql), []);
        return routine.IsRows ? routine : routine with { Drops = [.. Created().Matches(sql).Select(Drop).Reverse()] };
    }

    // Names are not overloaded in our schemas, so that a name without arguments says which function is meant.
    static string Drop(Match created) => created.Groups["on"].Success
        ? $"drop {created.Groups["kind"].Value} if exists {created.Groups["name"].Value} on {created.Groups["on"].Value}"
        : $"drop {created.Groups["kind"].Value} if exists {created.Groups["name"].Value}";

    static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static IEnumerable<string> Names(string prefix, string suffix) => typeof(SchemaSources).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal));

    static string Read(string resource)
    {
        using var stream = typeof(SchemaSources).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not among the embedded files of the schema.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(?<version>\d{4})_(?<module>[a-z]+)_[a-z0-9_]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MigrationName();

    [GeneratedRegex(@"^create (?:or replace )?(?:(?<kind>function|view) (?<name>[a-z0-9_.]+)|(?<kind>trigger|policy) (?<name>[a-z0-9_]+|""[a-z0-9_]+"")[^;$]*?\son (?<on>[a-z0-9_.]+))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Created();
}
