using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema.Keywords;

namespace Overmind.Agents;

/// <summary>
/// <c>pattern</c> without backtracking: the time grows with the answer's length alone. Look-around and back references, which need it, are
/// refused when the schema is built.
/// </summary>
sealed class LinearPattern : PatternKeyword
{
    public override object? ValidateKeywordValue(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Of(value.GetString()!)
        : throw new Json.Schema.JsonSchemaException("'pattern' must be a string");

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex Of(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
