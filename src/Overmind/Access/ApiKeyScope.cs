using System.Text.Json.Serialization;

namespace Overmind.Access;

/// <summary>What an API key may do: <c>read</c> for GET, <c>write</c> for everything else.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ApiKeyScope>))]
public enum ApiKeyScope
{
    Read,
    Write,
}
