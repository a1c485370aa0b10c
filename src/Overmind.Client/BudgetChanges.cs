using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a budget; what is null stays as it is.</summary>
public sealed record BudgetChanges
{
    const JsonNumberHandling AsString = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    public string? Name { get; init; }

    [JsonNumberHandling(AsString)]
    public decimal? LimitAmount { get; init; }

    [JsonNumberHandling(AsString)]
    public decimal? SoftRatio { get; init; }

    public string? OnLimit { get; init; }

    [JsonNumberHandling(AsString)]
    public decimal? SecondLimit { get; init; }

    /// <summary>False: it limits nothing, and what waits for it goes on.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Members to be set to null: <c>second_limit</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Budget.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
