using Overmind.Models;
using Overmind.Models.Embeddings;

namespace Overmind.Tests.Models.Embeddings;

public class EmbeddingModelsTests
{
    [Theory]
    [InlineData("builtin")]
    [InlineData("builtin/glove-ngram-v1")]
    public async Task The_built_in_embedder_needs_no_configuration(string name)
    {
        using var models = new EmbeddingModels(new EmbedderOptions { Embedder = name }, TimeProvider.System);
        var model = await models.GetAsync(TestContext.Current.CancellationToken);
        model.ShouldBe(EmbeddingModels.Builtin);
        (model.Reference, model.Dimensions).ShouldBe((new ModelReference("builtin", "glove-ngram-v1"), 256));
        model.Version.ShouldMatch("^[0-9a-f]{8}$");
    }

    [Theory]
    [InlineData("", "There is no embedder ''")]
    [InlineData("bultin", "There is no embedder 'bultin'")]
    [InlineData("builtin/other", "There is no embedder 'builtin/other'")]
    [InlineData("onnx:", "There is no embedder 'onnx:'")]
    [InlineData("gateway/embed", "Where the embedder 'gateway/embed' answers is not known")]
    public void A_name_of_no_embedder_is_refused_at_once(string name, string message)
    {
        var refused = Should.Throw<EmbeddingException>(() => new EmbeddingModels(new EmbedderOptions { Embedder = name }, TimeProvider.System));
        refused.Message.ShouldContain(message);
        refused.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_key_is_not_in_the_options_text() =>
        new EmbedderOptions { Embedder = "openai/small", ApiKey = "sk-secret" }.ToString().ShouldBe("openai/small");

    [Fact]
    public void Numbers_out_of_range_are_refused_at_once()
    {
        EmbedderOptions[] wrong =
        [
            new() { BatchSize = 0 }, new() { BatchSize = 2049 }, new() { Dimensions = 0 }, new() { Timeout = TimeSpan.Zero },
            new() { Embedder = "openai/e", Url = new Uri("ftp://somewhere/v1") }, new() { Embedder = "openai/e", Url = new Uri("/v1", UriKind.Relative) },
        ];
        foreach (var options in wrong) Should.Throw<EmbeddingException>(() => new EmbeddingModels(options, TimeProvider.System), options.ToString());
    }
}
