using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

/// <summary>The colours of the console.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ConsoleTheme>))]
public enum ConsoleTheme
{
    /// <summary>As the person's system has it.</summary>
    System,

    Light,

    Dark,
}
