using System.Text.RegularExpressions;
using System.Xml.Linq;
using Overmind.Testing;

namespace Overmind.Tests.Architecture;

public partial class ModuleGraphTests
{
    [Fact]
    public void Each_module_needs_only_modules_that_stand_above_it()
    {
        var above = new HashSet<string>();
        foreach (var (module, needs) in ModuleTable.Read())
        {
            needs.ShouldBeSubsetOf(above, $"{module} in ARCHITECTURE.md");
            above.Add(module).ShouldBeTrue($"{module} is listed twice in ARCHITECTURE.md");
        }
        above.ShouldNotBeEmpty();
    }

    [Fact]
    public void Folders_of_the_library_are_named_as_modules() =>
        Folders("src", "Overmind").ShouldBeSubsetOf(ModuleTable.Read().Select(module => module.Module));

    [Fact]
    public void Code_uses_only_what_its_module_needs()
    {
        var allowed = ModuleTable.Allowed();
        var wrong =
            from module in Folders("src", "Overmind")
            from file in Directory.EnumerateFiles(Repository.PathOf("src", "Overmind", module), "*.cs", SearchOption.AllDirectories)
            from used in Modules(File.ReadAllText(file), allowed.Keys)
            where !allowed[module].Contains(used)
            select $"{Path.GetRelativePath(Repository.Root, file)} uses {used}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_are_those_of_the_folders()
    {
        var wrong =
            from project in Folders("src")
            from file in Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            let stated = NamespaceLine().Match(File.ReadAllText(file)).Groups["name"].Value
            let folder = Path.GetRelativePath(Repository.PathOf("src", project), Path.GetDirectoryName(file)!)
            let expected = folder == "." ? RootNamespace(project) : $"{RootNamespace(project)}.{folder.Replace('/', '.')}"
            where stated.Length > 0 && stated != expected
            select $"{Path.GetRelativePath(Repository.Root, file)} states {stated}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Routines_stand_in_folders_named_as_modules() =>
        Folders("db", "routines").Except(["foundation"]).ShouldBeSubsetOf(ModuleTable.Read().Select(module => module.Module.ToLowerInvariant()));

    [Fact]
    public void Tests_of_the_library_stand_in_folders_named_as_modules() =>
        Folders("tests", "Overmind.Tests").Except(["Architecture"]).ShouldBeSubsetOf(ModuleTable.Read().Select(module => module.Module));

    [Theory]
    [InlineData("Overmind.Server")]
    [InlineData("Overmind.Console")]
    [InlineData("Overmind.Cli")]
    public void Tests_stand_in_folders_named_as_those_they_test(string project) =>
        // What a browser sees and what the documentation says is tested across folders.
        Folders("tests", project + ".Tests").Except(["Browser", "Documentation"]).ShouldBeSubsetOf(Folders("src", project));

    /// <summary>The project's name, unless its file states another (the console's would hide System.Console).</summary>
    static string RootNamespace(string project)
    {
        var stated = XDocument.Load(Repository.PathOf("src", project, project + ".csproj")).Descendants("RootNamespace").FirstOrDefault();
        return stated?.Value ?? project;
    }

    static IEnumerable<string> Modules(string code, IEnumerable<string> modules) =>
        modules.Where(module => Regex.IsMatch(code, $@"\bOvermind\.{module}\b|(^|[^\w./""]){module}\.[A-Z]", RegexOptions.Multiline | RegexOptions.NonBacktracking));

    static IEnumerable<string> Folders(params string[] path) =>
        Directory.Exists(Repository.PathOf(path))
            ? Directory.EnumerateDirectories(Repository.PathOf(path)).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"])
            : [];

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex NamespaceLine();
}
