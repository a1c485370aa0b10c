using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>A budget that an organization sets itself.</summary>
public sealed record NewBudget
{
    const JsonNumberHandling AsString = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;

    /// <summary>1 to 100 characters, unique in the organization.</summary>
    public required string Name { get; init; }

    /// <summary><c>organization</c>, <c>user</c>, <c>api_key</c>, <c>project</c>, <c>workflow</c> or <c>model</c>.</summary>
    public required string Dimension { get; init; }

    /// <summary>An id, the key of a workflow, <c>provider/model</c> or <c>provider/*</c>. Default: the organization, or each by itself.</summary>
    public string? Subject { get; init; }

    /// <summary><c>day</c>, <c>week</c> or <c>month</c>.</summary>
    public required string Period { get; init; }

    /// <summary><c>money</c>, <c>tokens</c> or <c>calls</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Of money; default: <c>USD</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>0: nothing.</summary>
    [JsonNumberHandling(AsString)]
    public required decimal LimitAmount { get; init; }

    /// <summary>Default: 0.8.</summary>
    [JsonNumberHandling(AsString)]
    public decimal? SoftRatio { get; init; }

    /// <summary><c>block</c> (default), <c>skip_scheduled</c> or <c>allow_up_to</c>.</summary>
    public string? OnLimit { get; init; }

    /// <summary>With <c>allow_up_to</c> alone.</summary>
    [JsonNumberHandling(AsString)]
    public decimal? SecondLimit { get; init; }

    /// <summary>Default: true.</summary>
    public bool? IsActive { get; init; }
}
