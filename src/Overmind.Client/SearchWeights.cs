using System.Globalization;

namespace Overmind.Client;

/// <summary>How much each part of a score counts, 0 to 10; null: as the organization's settings say, else the default.</summary>
public sealed record SearchWeights
{
    /// <summary>Words. Default: 1.</summary>
    public double? Text { get; init; }

    /// <summary>Meaning. Default: 1.</summary>
    public double? Vector { get; init; }

    /// <summary>Freshness. Default: 0.1.</summary>
    public double? Recency { get; init; }

    /// <summary>Importance, of memories. Default: 0.2.</summary>
    public double? Importance { get; init; }

    /// <summary>What stands before and after. Default: 0.35.</summary>
    public double? Neighbours { get; init; }

    /// <summary>As a query's parameter: <c>text:1,vector:0.5</c>.</summary>
    public override string ToString()
    {
        (string Name, double? Value)[] members = [("text", Text), ("vector", Vector), ("recency", Recency), ("importance", Importance), ("neighbours", Neighbours)];
        return string.Join(',', members.Where(m => m.Value is not null).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name}:{m.Value}")));
    }
}
