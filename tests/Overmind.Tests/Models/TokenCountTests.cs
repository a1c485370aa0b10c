using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Tokens;

namespace Overmind.Tests.Models;

public class TokenCountTests
{
    [Theory]
    [InlineData("openai", "gpt-4o-mini", "tiktoken is great!", 6)]
    [InlineData("openai", "gpt-4-turbo", "tiktoken is great!", 6)]
    [InlineData("openai", "gpt-4", "antidisestablishmentarianism", 6)]
    [InlineData("openai", "gpt-4", "お誕生日おめでとう", 9)]
    [InlineData("openai", "o3-mini", "お誕生日おめでとう", 8)]
    [InlineData("gateway", "openai/gpt-4o", "お誕生日おめでとう", 8)]
    [InlineData("azure", "GPT-4o", "", 0)]
    public void A_model_that_publishes_its_tokenizer_counts_by_it(string provider, string model, string text, int tokens) =>
        TokenCount.Of(new ModelReference(provider, model), text).ShouldBe(tokens);

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", "eight by", 2)]
    [InlineData("offline", "offline", "eight byte", 3)]
    [InlineData("ollama", "llama3", "日本", 2)]
    public void Any_other_counts_one_for_each_four_bytes(string provider, string model, string text, int tokens) =>
        TokenCount.Of(new ModelReference(provider, model), text).ShouldBe(tokens);

    [Fact]
    public void A_chat_has_tokens_around_its_messages_and_before_the_answer() =>
        TokenCount.Of(new ModelReference("openai", "gpt-4"), [new ChatMessage(ChatRole.System, "tiktoken is great!"), new ChatMessage(ChatRole.User, "tiktoken is great!")])
            .ShouldBe(2 * (6 + 4) + 3);
}
