using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>What a context template may be, new or changed.</summary>
static class TemplateRules
{
    const int MaxSegments = 50;
    const int MaxVariables = 100;
    const int MaxContentLength = 100_000;
    const int MaxWords = 50;

    public static void CheckAbout(ref Checks checks, string? name, string? description, IReadOnlyList<string>? useCases, IReadOnlyList<string>? agentTypes)
    {
        checks.Text("name", name, 1, 100);
        checks.Text("description", description, 1, 2000);
        CheckWords(ref checks, "use_cases", useCases);
        CheckWords(ref checks, "agent_types", agentTypes);
    }

    /// <summary>Segments and variables together: what is named is declared, and what is declared is named.</summary>
    public static void CheckWording(ref Checks checks, IReadOnlyList<TemplateSegment> segments, IReadOnlyList<TemplateVariable> variables)
    {
        checks.Require(segments.Count is >= 1 and <= MaxSegments, "segments", $"A template has 1 to {MaxSegments} segments, not {segments.Count}.");
        checks.Require(variables.Count <= MaxVariables, "variables", $"A template has at most {MaxVariables} variables, not {variables.Count}.");
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, variable) in variables.Index())
        {
            CheckVariable(ref checks, $"variables[{i}]", variable);
            checks.Require(declared.Add(variable.Name), $"variables[{i}].name", $"There are two variables of the name {variable.Name}.");
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, segment) in segments.Index())
        {
            CheckSegment(ref checks, $"segments[{i}]", segment);
            checks.Require(names.Add(segment.Name), $"segments[{i}].name", $"There are two segments of the name {segment.Name}.");
            var text = TemplateText.Parse(segment.Content);
            checks.Require(text.Fault is null, $"segments[{i}].content", text.Fault ?? "");
            foreach (var name in text.Names)
            {
                named.Add(name);
                checks.Require(declared.Contains(name), $"segments[{i}].content", $"The content names {{{{{name}}}}}, which is not among the variables. Declare it, or take it out.");
            }
        }

        foreach (var (i, variable) in variables.Index())
            checks.Require(named.Contains(variable.Name), $"variables[{i}].name", $"No segment names {{{{{variable.Name}}}}}. Use the variable, or take it out.");
    }

    static void CheckSegment(ref Checks checks, string path, TemplateSegment segment)
    {
        checks.Text($"{path}.name", segment.Name, 1, 100);
        checks.Text($"{path}.content", segment.Content, 1, MaxContentLength);
        checks.Require(segment.Role is not MessageRole.Tool, $"{path}.role", "A segment is said by system, user or assistant: a tool answers a call, and here is none.");
        checks.Require(segment.Priority is >= 0 and <= 100, $"{path}.priority", $"priority is 0 to 100, not {segment.Priority}.");
        checks.Require(segment.MaxTokens is null or > 0, $"{path}.max_tokens", $"max_tokens is 1 or more, not {segment.MaxTokens}.");
    }

    static void CheckVariable(ref Checks checks, string path, TemplateVariable variable)
    {
        checks.Storable($"{path}.name", variable.Name);
        checks.Require(TemplateText.IsName(variable.Name), $"{path}.name", "A variable's name has 1 to 64 letters (a-z, A-Z), digits and _, and begins with no digit.");
        checks.Text($"{path}.description", variable.Description, 1, 500);
        checks.Require(
            variable.Type is TemplateVariableType.Enum ? variable.Values.Count is >= 1 and <= 100 : variable.Values.Count == 0, $"{path}.values",
            "An enum has 1 to 100 values, and other variables have none.");
        foreach (var (i, value) in variable.Values.Index())
            checks.Text($"{path}.values[{i}]", value, 1, 500);
        checks.Require(variable.Values.Distinct(StringComparer.Ordinal).Count() == variable.Values.Count, $"{path}.values", "A value of an enum stands in it once.");
        if (variable.Default is not { ValueKind: not JsonValueKind.Null } given)
            return;
        checks.Require(!variable.Required, $"{path}.default", "A variable that is required has no default: leave one of the two out.");
        TemplateValues.Check(ref checks, $"{path}.default", variable, given);
    }

    static void CheckWords(ref Checks checks, string param, IReadOnlyList<string>? words)
    {
        checks.Require(words is not { Count: > MaxWords }, param, $"{param} has at most {MaxWords} entries, not {words?.Count}.");
        foreach (var (i, word) in (words ?? []).Index())
            checks.Text($"{param}[{i}]", word, 1, 100);
    }
}
