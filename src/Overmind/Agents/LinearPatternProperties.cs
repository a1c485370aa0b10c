using System.Text.Json;
using Json.Schema.Keywords;

namespace Overmind.Agents;

/// <summary><c>patternProperties</c>, as <see cref="LinearPattern"/>.</summary>
sealed class LinearPatternProperties : PatternPropertiesKeyword
{
    public override object? ValidateKeywordValue(JsonElement value) => value.ValueKind is JsonValueKind.Object
        ? value.EnumerateObject().ToDictionary(member => member.Name, member => LinearPattern.Of(member.Name))
        : throw new Json.Schema.JsonSchemaException("'patternProperties' must be an object");
}
