using System.Text.Json.Serialization;

namespace Overmind.Usage;

/// <summary>By what usage is reported.</summary>
[JsonConverter(typeof(LowerSnakeEnum<UsageGrouping>))]
public enum UsageGrouping
{
    /// <summary>Member whose work it was.</summary>
    User,

    /// <summary>Model, as <c>provider/model</c>.</summary>
    Model,

    /// <summary>What the call was for, as <c>chat</c>.</summary>
    Operation,

    /// <summary>Project.</summary>
    Project,

    /// <summary>Workflow, by its key; null outside of runs.</summary>
    Workflow,

    /// <summary>API key that asked; null: a person did, in the console.</summary>
    ApiKey,
}
