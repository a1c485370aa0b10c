using System.Text.Json.Serialization;

namespace Overmind.Memory.Consolidation;

/// <summary>How an organization's memories are consolidated each night.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ConsolidationMode>))]
public enum ConsolidationMode
{
    /// <summary>They are not.</summary>
    Off,

    /// <summary>By rules that need no model.</summary>
    Rules,

    /// <summary>Summaries are written by the organization's model.</summary>
    Model,
}
