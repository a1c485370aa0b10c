namespace Overmind.Client;

/// <summary>Sums of usage.</summary>
public sealed record UsageResult
{
    /// <summary>Id of the member or project, the model as <c>provider/model</c>, the operation, the workflow's key; null where there is none, and when all is together.</summary>
    public string? Key { get; init; }

    /// <summary>What people call it: the name of the member, project or workflow; else as the key.</summary>
    public string? Name { get; init; }

    /// <summary>Calls that were settled; by workflow, runs.</summary>
    public required long Calls { get; init; }

    public required decimal TokensInput { get; init; }

    public required decimal TokensOutput { get; init; }

    /// <summary>Those of the input that the provider had cached; 0 by workflow.</summary>
    public required decimal TokensCached { get; init; }

    /// <summary>In US dollars, not rounded; null when no cost is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Calls whose cost is unknown, so that they are not in it; by workflow, runs.</summary>
    public required long UnpricedCalls { get; init; }

    /// <summary>Mean time of a call, in milliseconds; null when none was timed. By workflow, of a run.</summary>
    public int? AvgLatencyMs { get; init; }
}
