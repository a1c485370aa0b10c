using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind;

/// <summary>Writes an enum as its lower_snake word in JSON; takes nothing else when reading.</summary>
public sealed class LowerSnakeEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
