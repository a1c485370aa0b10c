using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>What the values of a conversation may be, new or changed.</summary>
static class ConversationRules
{
    public static void Check(
        ref Checks checks, string? title, IReadOnlyList<string>? tags, string? folder, IReadOnlyDictionary<string, string>? metadata,
        double? qualityThreshold, int? maxN2Iterations, decimal? costCapUsd)
    {
        checks.Text("title", title, 1, 500);
        checks.Text("folder", folder, 1, 255);
        checks.Require(tags is not { Count: > 50 }, "tags", $"There are at most 50 tags, not {tags?.Count}.");
        for (var i = 0; i < (tags?.Count ?? 0); i++)
            checks.Text($"tags[{i}]", tags![i], 1, 100);
        checks.Metadata("metadata", metadata);
        checks.Require(qualityThreshold is null or (>= 0 and <= 10), "quality_threshold", $"quality_threshold is 0 to 10, not {qualityThreshold}.");
        checks.Require(maxN2Iterations is null or (>= 1 and <= 20), "max_n2_iterations", $"max_n2_iterations is 1 to 20, not {maxN2Iterations}.");
        checks.Require(costCapUsd is null or > 0, "cost_cap_usd", $"cost_cap_usd is above 0, not {costCapUsd}.");
    }

    public static void CheckContext(
        ref Checks checks, string? modelProvider, string? modelName, int? maxContextTokens, double? pruneMarginRatio)
    {
        checks.Require(
            modelProvider is null == modelName is null, modelName is null ? "model_name" : "model_provider",
            "model_provider and model_name name one model: give both or neither.");
        checks.Text("model_provider", modelProvider, 1, 100);
        checks.Text("model_name", modelName, 1, 200);
        checks.Require(maxContextTokens is null or > 0, "max_context_tokens", $"max_context_tokens is 1 or more, not {maxContextTokens}.");
        checks.Require(pruneMarginRatio is null or (> 0 and <= 1), "prune_margin_ratio", $"prune_margin_ratio is above 0 and up to 1, not {pruneMarginRatio}.");
    }
}
