using System.Text.Json;
using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Server.Tests.Documentation;

public partial class ApiReferenceTests(ApiServers servers)
{
    const string Between = "==== next example ====";

    static readonly string Reference = File.ReadAllText(Repository.PathOf("docs", "api.md"));

    [Fact]
    public async Task Each_example_runs_as_it_stands()
    {
        var examples = Example().Matches(Reference).Select(match => match.Groups["script"].Value).ToList();
        examples.Count.ShouldBeGreaterThan(20);
        // Not a test run's data folder: TemporaryFolder takes those away that no server is in.
        var folder = Directory.CreateTempSubdirectory("overmind-examples-").FullName;
        try
        {
            var output = await Shell.RunAsync(servers.Fast, folder, string.Join($"\necho; echo '{Between}'\n", examples));
            var answers = output.Split(Between);
            answers.Length.ShouldBe(examples.Count, output);
            foreach (var (example, answer) in examples.Zip(answers))
            {
                answer.ShouldNotContain("\"type\":\"/errors/", customMessage: example + answer);
                // The only answers that are not shown are those with a secret.
                if (!example.Contains("> key.json") && !example.Contains("> endpoint.json"))
                    answer.Trim().ShouldNotBeEmpty(example);
            }
            output.ShouldContain("event: run.succeeded");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Each_route_has_its_place()
    {
        var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json"))).RootElement;
        var routes = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => operation.Name != "parameters").Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        var described = Route().Matches(Reference).Select(match => match.Groups["route"].Value);
        described.Order().ShouldBe(routes.Order());
    }

    [GeneratedRegex("^```bash\n(?<script>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();

    [GeneratedRegex("^### (?<route>[A-Z]+ /.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();
}
