using Overmind.Testing;

namespace Overmind.Tests.Architecture;

/// <summary>The modules as ARCHITECTURE.md lists them, each with the modules it needs.</summary>
static class ModuleTable
{
    /// <summary>In the table's order. "All above" and what a needed module needs are resolved by <see cref="Allowed"/>.</summary>
    public static IReadOnlyList<(string Module, string[] Needs)> Read()
    {
        var modules = new List<(string Module, string[] Needs)>();
        var rows = File.ReadLines(Repository.PathOf("ARCHITECTURE.md"))
            .SkipWhile(line => !line.StartsWith("| module | tables | needs |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        foreach (var row in rows)
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            var needs = cells[3] switch
            {
                "–" => [],
                "all above" => modules.Select(module => module.Module).ToArray(),
                var list => list.Split(',', StringSplitOptions.TrimEntries),
            };
            modules.Add((cells[1], needs));
        }
        return modules;
    }

    /// <summary>For each module, all that it may use: itself, what it needs, and what that needs.</summary>
    public static Dictionary<string, HashSet<string>> Allowed()
    {
        var allowed = new Dictionary<string, HashSet<string>>();
        foreach (var (module, needs) in Read())
            allowed[module] = [module, .. needs.SelectMany(need => allowed[need])];
        return allowed;
    }
}
