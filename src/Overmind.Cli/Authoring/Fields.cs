using System.Text.Json;

namespace Overmind.Cli.Authoring;

/// <summary>A resource as lines of name and value.</summary>
static class Fields
{
    public static string Of(object resource)
    {
        var members = JsonSerializer.SerializeToElement(resource, Output.Json).EnumerateObject()
            .Where(member => member.Value.ValueKind is not JsonValueKind.Null).ToList();
        var width = members.Max(member => member.Name.Length);
        return string.Join('\n', members.Select(member => $"{member.Name.PadRight(width)}  {Text(member.Value)}"));
    }

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };
}
