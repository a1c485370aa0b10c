using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings.Builtin;

namespace Overmind.Tests.Models.Embeddings.Builtin;

public class BuiltinEmbeddingTests
{
    static readonly BuiltinEmbeddingGenerator Embedder = new();

    [Theory]
    [InlineData("My car needs new tyres", "The automobile wants fresh tires")]
    [InlineData("The car broke down on the road", "The automobile stopped on the highway")]
    [InlineData("A doctor treated the patient", "The physician cared for the sick man")]
    [InlineData("She bought a house in the city", "He purchased an apartment in town")]
    [InlineData("The company's profits rose", "The firm's earnings increased")]
    [InlineData("Heavy rain flooded the streets", "Storms brought floods to the roads")]
    public void Texts_of_one_meaning_in_other_words_are_near(string one, string other) => Cosine(one, other).ShouldBeGreaterThan(0.6f);

    [Theory]
    [InlineData("The car broke down on the highway", "She bakes bread with butter and flour")]
    [InlineData("How do I reset my password?", "The orchestra played a symphony by Mozart")]
    [InlineData("Quarterly revenue rose by ten percent", "The kitten sleeps on the rug")]
    [InlineData("The parliament passed a law on taxes", "He scored two goals in the football match")]
    [InlineData("The physician cared for the sick man", "Install the package and restart the server")]
    [InlineData("Heavy rain flooded the streets", "The violinist signed a contract")]
    public void Texts_of_other_things_are_far(string one, string other) => Cosine(one, other).ShouldBeLessThan(0.35f);

    [Fact]
    public void Sentences_on_cars_and_automobiles_are_at_least_0_7_near() =>
        Cosine("My car needs new tyres", "The automobile wants fresh tires").ShouldBeGreaterThan(0.7f);

    [Theory]
    [InlineData("My name is Szczepanowski", "Who is Szczepanowski?", "Who is Wojciechowska?")]
    [InlineData("My name is Szczepanowski", "Who is Szczepanovski?", "Who is Wojciechowska?")]
    [InlineData("error E1234-77 in the log", "what does E1234-77 mean", "what does Q9981-02 mean")]
    [InlineData("Der Zug nach Berlin ist verspätet", "Zug verspätung Berlin", "Kuchen mit Erdbeeren backen")]
    [InlineData("東京の天気は晴れです", "東京の天気", "銀行の口座を開く")]
    [InlineData("поезд в Москву опаздывает", "когда придёт поезд в Москву", "рецепт яблочного пирога")]
    public void Names_numbers_codes_and_other_languages_match_themselves(string text, string like, string unlike) =>
        Cosine(text, like).ShouldBeGreaterThan(Cosine(text, unlike) + 0.2f);

    [Theory]
    [InlineData("The Café is OPEN", "the cafe is open")]
    [InlineData("Caf\u00e9 Zürich", "Cafe\u0301 Zu\u0308rich")]
    [InlineData("the dog’s bone", "the dog's bone")]
    [InlineData("line one\nline two", "line one   line two")]
    public void Case_accents_and_blanks_make_no_difference(string one, string other) => Cosine(one, other).ShouldBe(1, 1e-5);

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("...")]
    [InlineData("\u0301")]
    [InlineData("the of and a to")]
    [InlineData("\ud83d")]
    [InlineData("\0\u0001")]
    [InlineData("👩‍🚀 ⇒ ∞")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccd\ud835\udc9c")]
    public void Every_text_has_a_vector_of_length_1(string text)
    {
        var vector = Embedder.Embed(text);
        vector.Length.ShouldBe(256);
        TensorPrimitives.Norm<float>(vector).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void Empty_texts_are_alike_and_near_to_no_other()
    {
        Cosine("", "  ").ShouldBe(1, 1e-5);
        Math.Abs(Cosine("", "The car broke down on the highway")).ShouldBeLessThan(0.1f);
    }

    [Fact]
    public void A_long_text_is_read_to_its_end() =>
        Cosine(string.Concat(Enumerable.Repeat("The weather is fine. ", 5_000)), "The weather is fine.").ShouldBe(1, 1e-4);

    [Fact]
    public void The_same_text_has_the_same_bits_on_every_machine()
    {
        // Pinned: whoever changes the table or the rule of making vectors has to give the model another name.
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(Embedder.Embed("The car broke down near Szczecin at 17:45, C# and all.").AsSpan())));
        (Embedder.Version, digest[..16]).ShouldBe(("c41a8c45", "cb0f89f24b1ecba5"));
    }

    [Fact]
    public async Task It_tells_its_name_and_dimensions()
    {
        var metadata = Embedder.GetService<EmbeddingGeneratorMetadata>().ShouldNotBeNull();
        (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions).ShouldBe(("builtin", "glove-ngram-v1", 256));
        var embeddings = await Embedder.GenerateAsync(["one", "two"], cancellationToken: TestContext.Current.CancellationToken);
        embeddings.Select(e => e.Vector.Length).ShouldBe([256, 256]);
    }

    [Fact]
    public void Its_table_is_at_most_10_MB()
    {
        WordTable.Shared.Size.ShouldBeLessThanOrEqualTo(10_000_000);
        WordTable.Shared.Count.ShouldBeGreaterThan(80_000);
    }

    [Fact]
    public void A_table_that_is_none_or_cut_off_is_refused()
    {
        Should.Throw<InvalidDataException>(() => WordTable.Read([1, 2, 3]));
        Should.Throw<InvalidDataException>(() => WordTable.Read([.. WordTable.Magic, .. BitConverter.GetBytes(1u), .. BitConverter.GetBytes(5), .. BitConverter.GetBytes(100)]));
    }

    static float Cosine(string one, string other) => TensorPrimitives.Dot<float>(Embedder.Embed(one), Embedder.Embed(other));
}
