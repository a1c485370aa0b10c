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
}
