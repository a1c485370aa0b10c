using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Models.Providers;

namespace Overmind.Tests.Models.Providers;

public class UsageReadingTests
{
    [Fact]
    public void Openai_counts_what_was_cached_in_the_input() => Read(
        """
        {"prompt_tokens": 1000, "completion_tokens": 200, "prompt_tokens_details": {"cached_tokens": 600, "audio_tokens": 50},
         "completion_tokens_details": {"reasoning_tokens": 150, "audio_tokens": 5, "accepted_prediction_tokens": 0}}
        """).ShouldBe(new TokenCounts { Input = 1000, Output = 200, Cached = 600, AudioInput = 50, Reasoning = 150, AudioOutput = 5 });

    [Fact]
    public void Anthropic_counts_it_beside_the_input_and_by_how_long_it_is_kept() => Read(
        """
        {"input_tokens": 100, "output_tokens": 200, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 300,
         "cache_creation": {"ephemeral_5m_input_tokens": 100, "ephemeral_1h_input_tokens": 200}, "server_tool_use": {"web_search_requests": 2}, "service_tier": "standard"}
        """).ShouldBe(new TokenCounts { Input = 1000, Output = 200, Cached = 600, CacheWrite = 100, CacheWriteHour = 200, WebSearches = 2 });

    [Fact]
    public void DeepSeek_has_a_word_of_its_own() =>
        Read("""{"prompt_tokens": 100, "completion_tokens": 20, "prompt_cache_hit_tokens": 64, "prompt_cache_miss_tokens": 36}""")
            .ShouldBe(new TokenCounts { Input = 100, Output = 20, Cached = 64 });

    [Theory]
    [InlineData("priority", "priority")]
    [InlineData("flex", "flex")]
    [InlineData("default", null)]
    [InlineData("standard", null)]
    [InlineData("", null)]
    public void A_tier_counts_when_it_is_not_the_usual_one(string said, string? tier) =>
        Read($$"""{"prompt_tokens": 1, "completion_tokens": 1, "service_tier": "{{said}}"}""")!.ServiceTier.ShouldBe(tier);

    [Theory]
    [InlineData("""{"prompt_tokens": -1, "completion_tokens": 20}""")]
    [InlineData("""{"prompt_tokens": 10, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": -4}}""")]
    [InlineData("""{"prompt_tokens": "many", "completion_tokens": 20}""")]
    [InlineData("""{"prompt_tokens": 1.5, "completion_tokens": 20}""")]
    [InlineData("""{"input_tokens": 10}""")]
    [InlineData("{}")]
    public void A_count_that_cannot_be_was_not_reported(string raw) => Read(raw).ShouldBeNull();

    [Fact]
    public void Where_nothing_more_is_known_the_librarys_counts_hold()
    {
        var counted = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5, CachedInputTokenCount = 4, ReasoningTokenCount = 3 };
        UsageReading.Of(counted, null).ShouldBe(new TokenCounts { Input = 10, Output = 5, Cached = 4, Reasoning = 3 });
        UsageReading.Of(new UsageDetails { InputTokenCount = 10 }, null).ShouldBeNull();
    }

    static TokenCounts? Read(string raw)
    {
        var said = JsonNode.Parse(raw)!.AsObject();
        var counts = UsageReading.Of(null, said);
        counts?.Raw.ShouldBeSameAs(said);
        return counts is null ? null : counts with { Raw = null };
    }
}
