using System.Text.Json.Serialization;

namespace Overmind.Conversations.Search;

/// <summary>What became of the meaning in a search.</summary>
[JsonConverter(typeof(LowerSnakeEnum<VectorUse>))]
public enum VectorUse
{
    /// <summary>It was compared.</summary>
    Used,

    /// <summary>Only words were asked for.</summary>
    Unused,

    /// <summary>The query could not be embedded now, so words alone were looked for.</summary>
    Unavailable,
}
