using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>The values of a template's variables, as texts. What they say is text and nothing else: braces in a value stand for braces.</summary>
static class TemplateValues
{
    const int MaxLength = 100_000;
    const int MaxNumberLength = 100;

    /// <summary>A text for each variable.</summary>
    /// <param name="param">Where the values stand in the request.</param>
    /// <exception cref="OvermindException">A value is missing, of another type, or there is no such variable.</exception>
    public static Dictionary<string, string> Read(IReadOnlyList<TemplateVariable> variables, IReadOnlyDictionary<string, JsonElement> given, string param)
    {
        var checks = new Checks();
        foreach (var name in given.Keys)
            checks.Require(
                variables.Any(v => v.Name == name), $"{param}.{name}",
                $"The template has no variable {name}; it has {(variables.Count == 0 ? "none" : string.Join(", ", variables.Select(v => v.Name)))}.");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            var path = $"{param}.{variable.Name}";
            var value = Find(given, variable.Name);
            checks.Require(value is not null || !variable.Required, path, $"The variable {variable.Name} is missing.", ErrorCode.MissingField);
            if (value is { } found)
                Check(ref checks, path, variable, found);
            texts[variable.Name] = Text(value ?? (variable.Default is { ValueKind: not JsonValueKind.Null } standing ? standing : null));
        }

        checks.ThrowIfAny();
        return texts;
    }

    /// <summary>What holds for a value of a variable, given or standing.</summary>
    public static void Check(ref Checks checks, string path, TemplateVariable variable, JsonElement value)
    {
        var fits = variable.Type switch
        {
            TemplateVariableType.Number => value.ValueKind is JsonValueKind.Number,
            TemplateVariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind is JsonValueKind.String,
        };
        checks.Require(fits, path, $"{variable.Name} is a {LowerSnake.Write(variable.Type)}, not {Words(value.ValueKind)}.");
        if (!fits)
            return;
        checks.Text(path, Text(value), 0, variable.Type is TemplateVariableType.Number ? MaxNumberLength : MaxLength);
        checks.Require(
            variable.Type is not TemplateVariableType.Enum || variable.Values.Contains(value.GetString()!), path,
            $"{variable.Name} is one of {string.Join(", ", variable.Values)}.");
    }

    static JsonElement? Find(IReadOnlyDictionary<string, JsonElement> given, string name) =>
        given.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    // A number as it was written: 1.50 stays 1.50.
    static string Text(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
