using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Overmind.Server.Reference;

/// <summary>Schemas of the reference: their members, types and limits.</summary>
static class SchemaHtml
{
    static readonly string[] Limits = ["minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "minItems", "maxItems", "maxProperties", "pattern", "default"];

    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    public static JsonElement Resolve(JsonElement root, JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
            element = reference.GetString()![2..].Split('/').Aggregate(root, (at, part) => at.GetProperty(part));
        return element;
    }

    public static void WriteSection(StringBuilder html, string name, JsonElement schema)
    {
        html.Append($"<section id=\"schema-{name}\">\n<h3>{Text(name)}</h3>\n");
        if (schema.TryGetProperty("description", out var description))
            html.Append($"<p>{Text(description.GetString()!)}</p>\n");
        WriteMembers(html, schema);
        html.Append("</section>\n");
    }

    public static void WriteMember(StringBuilder html, string name, JsonElement schema, bool required, string? note)
    {
        html.Append($"<dt><code>{Text(name)}</code> <span>{TypeOf(schema)}{(required ? ", required" : "")}</span></dt>\n<dd>");
        if (note is not null)
            html.Append($"{Text(note)} ");
        if (schema.TryGetProperty("description", out var description))
            html.Append($"{Text(description.GetString()!)} ");
        if (schema.TryGetProperty("enum", out var words))
            html.Append("One of ").AppendJoin(", ", words.EnumerateArray().Select(word => $"<code>{Text(word.ToString())}</code>")).Append(". ");
        foreach (var limit in Limits)
            if (schema.TryGetProperty(limit, out var value))
                html.Append($"{limit} <code>{Text(value.ToString())}</code>. ");
        WriteMembers(html, schema.TryGetProperty("items", out var items) ? items : schema);
        html.Append("</dd>\n");
    }

    /// <summary>As "list of Message", with a link to what has a section of its own.</summary>
    public static string TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return $"<a href=\"#schema-{name}\">{Text(name)}</a>";
        }
        if (schema.TryGetProperty("const", out var constant))
            return $"<code>{Text(constant.ToString())}</code>";
        foreach (var union in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(union, out var alternatives))
                return string.Join(" or ", alternatives.EnumerateArray().Select(TypeOf));
        if (!schema.TryGetProperty("type", out var type))
            return "any";
        if (schema.TryGetProperty("items", out var items))
            return $"list of {TypeOf(items)}{(type.ValueKind == JsonValueKind.Array ? " or null" : "")}";
        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];
        return Text(string.Join(" or ", types) + (schema.TryGetProperty("format", out var format) ? $" ({format.GetString()})" : ""));
    }

    static void WriteMembers(StringBuilder html, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            return;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        html.Append("<dl>\n");
        foreach (var property in properties.EnumerateObject())
            WriteMember(html, property.Name, property.Value, required.Contains(property.Name), null);
        html.Append("</dl>\n");
    }
}
