using Overmind.Conversations.Templates;
using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>A conversation to be made; everything may be left out.</summary>
public sealed record NewConversation
{
    public const string DefaultTitle = "New Conversation";

    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 500 characters. Default: made from the first message of a user.</summary>
    public string? Title { get; init; }

    /// <summary>Default: private.</summary>
    public Visibility Visibility { get; init; }

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>1 to 255 characters.</summary>
    public string? Folder { get; init; }

    /// <summary>At most 16 pairs, names of 64 and values of 512 characters.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The workflow its runs use unless they name another.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>0 to 10.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>The provider of the model that its runs use; with <see cref="ModelName"/> or not at all.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>The model; 1 to 200 characters. Default: the workflow's.</summary>
    public string? ModelName { get; init; }

    /// <summary>Size of the context window in tokens, from 1. Default: the model's.</summary>
    public int? MaxContextTokens { get; init; }

    /// <summary>Whether messages leave the window by themselves when it is full.</summary>
    public bool AutoPrune { get; init; }

    public PruneStrategy PruneStrategy { get; init; }

    /// <summary>Share of the window at which it is pruned: above 0, up to 1. Default: 0.9.</summary>
    public double? PruneMarginRatio { get; init; }

    /// <summary>What its first messages are made of; its metadata name template and version. Default: it begins empty.</summary>
    public TemplateUse? ContextTemplate { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        ConversationRules.Check(ref checks, Title, Tags, Folder, Metadata, QualityThreshold, MaxN2Iterations, CostCapUsd);
        ConversationRules.CheckContext(ref checks, ModelProvider, ModelName, MaxContextTokens, PruneMarginRatio);
        checks.ThrowIfAny();
    }
}
