namespace Overmind.Client;

/// <summary>A conversation to be made; everything may be left out.</summary>
public sealed record NewConversation
{
    /// <summary>1 to 500 characters. Default: made from the first message of a user.</summary>
    public string? Title { get; init; }

    /// <summary><c>private</c> (default) or <c>organization</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public string? Folder { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The workflow its runs use. Default: <c>general-problem-solving</c>.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>0 to 10. Default: the workflow's.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20. Default: the workflow's.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>The most one run may cost, in US dollars. Default: the workflow's.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>The provider of the model that its runs use; with <see cref="ModelName"/>.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>The model. Default: the workflow's.</summary>
    public string? ModelName { get; init; }

    /// <summary>Size of the context window in tokens, from 1. Default: the model's.</summary>
    public int? MaxContextTokens { get; init; }

    /// <summary>Whether messages leave the window by themselves when it is full. Default: false.</summary>
    public bool? AutoPrune { get; init; }

    /// <summary><c>fifo</c> (default), <c>sliding_window</c>, <c>summarize</c> or <c>hybrid</c>.</summary>
    public string? PruneStrategy { get; init; }

    /// <summary>Share of the window at which it is pruned: above 0, up to 1. Default: 0.9.</summary>
    public double? PruneMarginRatio { get; init; }

    /// <summary>What its first messages are made of. Default: it begins empty.</summary>
    public TemplateUse? ContextTemplate { get; init; }
}
