using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public class EmbedTests
{
    [Fact]
    public async Task Texts_are_compared_without_an_instance_or_a_network()
    {
        var (code, output, errors) = await OvermindProcess.RunAsync("embed", "My car needs new tyres", "The automobile wants fresh tires", "Bread with butter");
        (code, errors).ShouldBe((0, ""));
        output.ShouldContain("builtin/glove-ngram-v1: 256 dimensions, version ");
        output.ShouldContain("The automobile wants fresh tires");
        output.ShouldContain("1.00");
    }

    [Fact]
    public async Task The_vectors_are_told_as_JSON()
    {
        var (_, output, _) = await OvermindProcess.RunAsync("embed", "one", "two", "--format", "json");
        var told = JsonElement.Parse(output);
        told.GetProperty("model").GetString().ShouldBe("builtin/glove-ngram-v1");
        told.GetProperty("dimensions").GetInt32().ShouldBe(256);
        told.GetProperty("embeddings").EnumerateArray().ShouldAllBe(vector => vector.GetArrayLength() == 256);
        told.GetProperty("similarities")[0][0].GetSingle().ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData("there is no folder /nowhere/at/all", "OVERMIND_EMBEDDER", "onnx:/nowhere/at/all")]
    [InlineData("there is no embedder 'bultin'", "OVERMIND_EMBEDDER", "bultin")]
    [InlineData("embedder_dimensions in OVERMIND_EMBEDDER_DIMENSIONS is", "OVERMIND_EMBEDDER_DIMENSIONS", "many")]
    [InlineData("embedder_url in OVERMIND_EMBEDDER_URL is", "OVERMIND_EMBEDDER_URL", "here")]
    public async Task A_configuration_that_names_no_embedder_is_explained(string explanation, string variable, string value)
    {
        var (code, output, errors) = await OvermindProcess.RunAsync(new Dictionary<string, string> { [variable] = value }, "embed", "text");
        (code, output).ShouldBe((1, ""));
        errors.ShouldContain(explanation, Case.Insensitive);
    }
}
