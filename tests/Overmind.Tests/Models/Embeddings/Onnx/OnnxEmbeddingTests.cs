using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings;
using Overmind.Models.Embeddings.Onnx;
using Overmind.Testing;

namespace Overmind.Tests.Models.Embeddings.Onnx;

public sealed class OnnxEmbeddingTests : IDisposable
{
    const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ncat\ndog\n##s\n[MASK]\n";

    // By token of the vocabulary. Padding that were counted would drown the rest.
    static readonly float[][] Table = [[100, 100, 100], [0, 0, 0], [0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0.5f, 0], [9, 9, 9]];

    readonly string _folder = TemporaryFolder.Create();

    [Fact]
    public async Task Texts_of_a_batch_are_padded_and_only_their_tokens_are_pooled()
    {
        Write();
        var model = Open();
        var embeddings = await model.Generator.GenerateAsync(["cat", "a cat and dogs", "", "Dog"], cancellationToken: TestContext.Current.CancellationToken);
        Rounded(embeddings[0]).ShouldBe([0.707, 0, 0.707]);
        Rounded(embeddings[1]).ShouldBe([0.485, 0.728, 0.485]);
        Rounded(embeddings[2]).ShouldBe([0, 0, 1]);
        Rounded(embeddings[3]).ShouldBe([0, 0.707, 0.707]);
        model.Reference.Provider.ShouldBe("onnx");
        model.Dimensions.ShouldBe(3);
        model.Version.ShouldMatch("^[0-9a-f]{8}$");
        model.Generator.Dispose();
    }

    [Fact]
    public async Task The_folder_says_how_to_pool()
    {
        Write();
        Write("1_Pooling/config.json", """{"word_embedding_dimension": 3, "pooling_mode_cls_token": true}""");
        using var generator = Open().Generator;
        Rounded((await generator.GenerateAsync(["cat dogs"], cancellationToken: TestContext.Current.CancellationToken))[0]).ShouldBe([0, 0, 1]);
    }

    [Fact]
    public async Task A_text_longer_than_the_model_takes_is_cut()
    {
        Write();
        Write("sentence_bert_config.json", """{"max_seq_length": 4}""");
        using var generator = Open().Generator;
        Rounded((await generator.GenerateAsync(["cat cat dog dog dog"], cancellationToken: TestContext.Current.CancellationToken))[0]).ShouldBe([0.894, 0, 0.447]);
    }

    [Fact]
    public async Task The_vocabulary_may_be_a_tokenizer_json()
    {
        Write();
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        Write("tokenizer.json", """{"model": {"type": "WordPiece", "vocab": {"cat": 4, "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "dog": 5, "##s": 6, "[MASK]": 7}}}""");
        using var generator = Open().Generator;
        Rounded((await generator.GenerateAsync(["cat"], cancellationToken: TestContext.Current.CancellationToken))[0]).ShouldBe([0.707, 0, 0.707]);
    }

    [Fact]
    public async Task It_is_chosen_by_configuration()
    {
        Write();
        using var models = new EmbeddingModels(new EmbedderOptions { Embedder = $"onnx:{_folder}" }, TimeProvider.System);
        (await models.GetAsync(TestContext.Current.CancellationToken)).Dimensions.ShouldBe(3);
    }

    [Theory]
    [InlineData("model.onnx", null, "has no model.onnx and no onnx/model.onnx")]
    [InlineData("vocab.txt", null, "has no vocab.txt and no tokenizer.json")]
    [InlineData("vocab.txt", "just\nwords\n", "no vocabulary of BERT's kind")]
    [InlineData("model.onnx", "version https://git-lfs.github.com/spec/v1", "cannot be opened as an ONNX model")]
    [InlineData("1_Pooling/config.json", "{", "is no JSON")]
    [InlineData("1_Pooling/config.json", """{"word_embedding_dimension": 384}""", "vectors of 3 dimensions where 1_Pooling/config.json states 384")]
    public void A_file_that_is_missing_or_wrong_is_named(string file, string? content, string message)
    {
        Write();
        if (content is null) File.Delete(Path.Combine(_folder, file));
        else Write(file, content);
        var refused = Should.Throw<EmbeddingException>(() => Open());
        refused.Message.ShouldContain(message);
        refused.Remedy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"model": {"type": "BPE", "vocab": {}}}""", "its type is BPE")]
    [InlineData("""{"model": {"type": "WordPiece", "vocab": {"[PAD]": 0, "cat": 9}}}""", "its ids have gaps")]
    [InlineData("{", "no vocabulary of BERT's kind")]
    public void A_tokenizer_of_another_kind_is_refused(string content, string message)
    {
        Write();
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        Write("tokenizer.json", content);
        Should.Throw<EmbeddingException>(() => Open()).Message.ShouldContain(message);
    }

    [Fact]
    public void A_model_with_other_inputs_or_outputs_is_refused_by_their_names()
    {
        Write();
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of(Table, input: "pixel_values"));
        Should.Throw<EmbeddingException>(() => Open()).Message.ShouldContain("takes pixel_values, attention_mask");
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of(Table, output: "logits"));
        Should.Throw<EmbeddingException>(() => Open()).Message.ShouldContain("gives logits; it has to give one of sentence_embedding");
    }

    [Fact]
    public void A_vocabulary_larger_than_the_model_is_refused()
    {
        Write();
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of(Table[..3]));
        Should.Throw<EmbeddingException>(() => Open()).Remedy.ShouldContain("belong together");
    }

    [Fact]
    public void A_vector_of_no_number_is_refused()
    {
        Write();
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of([.. Table.Select(row => row.Select(_ => float.NaN).ToArray())]));
        Should.Throw<EmbeddingException>(() => Open()).Message.ShouldContain("no direction");
    }

    [Fact]
    public void Another_model_is_another_version()
    {
        Write();
        var first = Open().Version;
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of([.. Table[..^1], [8, 8, 8]]));
        Open().Version.ShouldNotBe(first);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Should.Throw<EmbeddingException>(() => OnnxEmbeddingGenerator.Open("/nowhere/at/all")).Message.ShouldBe("There is no folder /nowhere/at/all.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    EmbeddingModel Open() => OnnxEmbeddingGenerator.Open(_folder);

    void Write()
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), OnnxGraph.Of(Table));
        Write("vocab.txt", Vocabulary);
    }

    void Write(string file, string content)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    static double[] Rounded(Embedding<float> embedding) => [.. embedding.Vector.ToArray().Select(x => Math.Round(x, 3))];
}
