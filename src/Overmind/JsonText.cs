using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind;

/// <summary>
/// A JSON value as it stands in the database, passed on without being read: a page of 50 messages would otherwise parse and write 50 documents.
/// </summary>
/// <param name="utf8">Well-formed JSON in UTF-8; empty counts as <c>null</c>.</param>
[JsonConverter(typeof(JsonTextConverter))]
public readonly struct JsonText(ReadOnlyMemory<byte> utf8)
{
    /// <summary>The JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The value, read.</summary>
    public JsonElement Parse() => JsonElement.Parse(Utf8.IsEmpty ? "null"u8 : Utf8.Span);

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
