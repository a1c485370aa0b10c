using System.Text.Json;

namespace Overmind.Cli.Authoring;

/// <summary>A resource as lines of name and value.</summary>
static class Fields
{
    public static string Of(object resource)
    {
        var members = JsonSerializer.SerializeToElement(resource, Output.Json).EnumerateObject()
            .Where(member => !IsUnset(member.Value)).ToList();
        var width = members.Max(member => member.Name.Length);
        return string.Join('\n', members.Select(member => $"{member.Name.PadRight(width)}  {Text(member.Value)}"));
    }

    // An object of nulls, as the models of an organization that names none, says nothing either.
    static bool IsUnset(JsonElement value) => value.ValueKind is JsonValueKind.Null
        || (value.ValueKind is JsonValueKind.Object && value.GetPropertyCount() > 0 && value.EnumerateObject().All(member => IsUnset(member.Value)));

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };
}
