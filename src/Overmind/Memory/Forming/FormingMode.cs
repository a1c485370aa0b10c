using System.Text.Json.Serialization;

namespace Overmind.Memory.Forming;

/// <summary>How memories are formed from conversations.</summary>
[JsonConverter(typeof(LowerSnakeEnum<FormingMode>))]
public enum FormingMode
{
    /// <summary>They are not.</summary>
    Off,

    /// <summary>By rules that need no model and cost nothing; they read a few forms of English sentences.</summary>
    Rules,

    /// <summary>By the model of the conversation; where that is the offline one, by rules.</summary>
    Model,
}
