using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Overmind.Models.Embeddings;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

/// <summary>What the default of <c>min_similarity</c> is chosen by; the figures are in docs/cache.md.</summary>
public class QuestionSimilarityTests
{
    [Fact]
    public async Task At_the_default_no_question_with_another_answer_passes_and_more_than_half_of_those_with_the_same_do()
    {
        (await PassingAsync(QuestionPairs.OtherAnswer)).ShouldBe(0);
        (await PassingAsync(QuestionPairs.OtherAnswerUnseen)).ShouldBe(0);
        (await PassingAsync(QuestionPairs.SameAnswer)).ShouldBe(17);
    }

    [Fact]
    public async Task Vectors_alone_would_let_ten_through()
    {
        var through = 0;
        foreach (var (one, other) in QuestionPairs.OtherAnswer.Concat(QuestionPairs.OtherAnswerUnseen))
            if (await IsNearAsync(one, other)) through++;
        through.ShouldBe(10);
    }

    [Theory]
    [InlineData("Is it 12:30 or 3.5?", "12:30 3.5")]
    [InlineData("Isn't this NOT the First of May?", "not not first may")]
    [InlineData("Wie geht das ohne Strom?", "ohne")]
    public void Numbers_and_words_that_turn_a_meaning_have_to_be_the_same(string question, string words) =>
        string.Join(' ', QuestionWords.Fixed(question)).ShouldBe(words);

    [Theory]
    [InlineData("Is Java faster than Python?", "Is Python faster than Java?", false)]
    [InlineData("How do I reset the password?", "How can I reset my password", true)]
    [InlineData("the cat and the dog", "the dog", true)]
    public void Words_that_both_have_come_in_the_same_order(string one, string other, bool same) => QuestionWords.InSameOrder(one, other).ShouldBe(same);

    static async Task<int> PassingAsync(IReadOnlyList<(string One, string Other)> pairs)
    {
        var passing = 0;
        foreach (var (one, other) in pairs)
            if (QuestionWords.Fixed(one).SequenceEqual(QuestionWords.Fixed(other)) && QuestionWords.InSameOrder(one, other) && await IsNearAsync(one, other)) passing++;
        return passing;
    }

    static async Task<bool> IsNearAsync(string one, string other)
    {
        var embedder = EmbeddingModels.Builtin.Generator;
        var (first, second) = (await embedder.GenerateVectorAsync(one), await embedder.GenerateVectorAsync(other));
        return TensorPrimitives.CosineSimilarity(first.Span, second.Span) >= new ResponseCacheSettings().MinSimilarity;
    }
}
