using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

/// <summary>How a trait is known.</summary>
[JsonConverter(typeof(LowerSnakeEnum<TraitSource>))]
public enum TraitSource
{
    /// <summary>They said so.</summary>
    UserInput,

    /// <summary>A model concluded it from what they wrote.</summary>
    AiInferred,
}
