using Overmind.Errors;
using Overmind.Testing;

namespace Overmind.Tests.Errors;

public class ErrorCatalogueTests
{
    static readonly Dictionary<string, string> Documented = File.ReadAllText(Repository.PathOf("docs", "errors.md"))
        .Split("\n## ")
        .Skip(1)
        .ToDictionary(entry => entry[..entry.IndexOf('\n')]);

    [Fact]
    public void Each_code_has_an_entry_in_the_documentation_and_each_entry_a_code() =>
        Documented.Keys.ShouldBe(Enum.GetValues<ErrorCode>().Select(ErrorCatalogue.Word), ignoreOrder: true);

    [Fact]
    public void Each_entry_tells_status_and_remedy() => Enum.GetValues<ErrorCode>().ShouldAllBe(code =>
        Documented[ErrorCatalogue.Word(code)].Contains($"Status {ErrorCatalogue.Of(code).Status}, {(ErrorCatalogue.Of(code).Retryable ? "" : "not ")}retryable.")
        && Documented[ErrorCatalogue.Word(code)].Contains("What to do: "));
}
