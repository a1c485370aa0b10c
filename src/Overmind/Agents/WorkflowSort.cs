using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>What a list of workflows is ordered by; equal ones by id.</summary>
[JsonConverter(typeof(LowerSnakeEnum<WorkflowSort>))]
public enum WorkflowSort
{
    /// <summary>By when they were made.</summary>
    Created,

    /// <summary>By the mean of their ratings; those without one count as 0.</summary>
    Rating,

    /// <summary>By how many runs they had.</summary>
    Usage,

    Category,

    Name,
}
