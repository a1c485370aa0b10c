using System.Text.Json;
using System.Text.RegularExpressions;
using Overmind.Conversations;
using Overmind.Conversations.Templates;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Conversations.Templates;

/// <summary>What one edits of a context template, as it stands in the form.</summary>
public sealed partial record TemplateForm
{
    /// <summary>The settings that the form shows, as the API names them.</summary>
    public static IReadOnlySet<string> Members { get; } = new HashSet<string> { "name", "description", "segments", "variables", "use_cases", "agent_types" };

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Separated by commas.</summary>
    public string UseCases { get; set; } = "";

    /// <summary>Separated by commas.</summary>
    public string AgentTypes { get; set; } = "";

    public List<SegmentForm> Segments { get; } = [];

    public List<VariableForm> Variables { get; } = [];

    /// <summary>One with a first segment to be written.</summary>
    public static TemplateForm New()
    {
        var form = new TemplateForm();
        form.Segments.Add(new SegmentForm { Name = "rules", Role = MessageRole.System });
        return form;
    }

    public static TemplateForm Of(ContextTemplate template)
    {
        var form = new TemplateForm
        {
            Name = template.Name,
            Description = template.Description ?? "",
            UseCases = string.Join(", ", template.UseCases),
            AgentTypes = string.Join(", ", template.AgentTypes),
        };
        form.Segments.AddRange(template.Segments.Select(SegmentForm.Of));
        form.Variables.AddRange(template.Variables.Select(VariableForm.Of));
        return form;
    }

    /// <summary>Declares what the contents name and takes out what they name no more: nobody writes a name twice.</summary>
    public void Declare()
    {
        var named = Segments.SelectMany(s => Place().Matches(s.Content)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Variables.RemoveAll(v => !named.Contains(v.Name));
        Variables.AddRange(named.Where(name => Variables.All(v => v.Name != name)).Select(name => new VariableForm { Name = name, Required = true }).ToList());
    }

    public NewContextTemplate ToNew() => new()
    {
        Name = Name.Trim(),
        Description = string.IsNullOrWhiteSpace(Description) ? null : Description.Trim(),
        Segments = [.. Segments.Select(s => s.ToSegment())],
        Variables = [.. Variables.Select(v => v.ToVariable())],
        UseCases = Words(UseCases),
        AgentTypes = Words(AgentTypes),
    };

    public ContextTemplatePatch ToPatch()
    {
        var all = ToNew();
        return new ContextTemplatePatch
        {
            Name = all.Name,
            Description = new Change<string?>(all.Description),
            Segments = all.Segments,
            Variables = all.Variables,
            UseCases = all.UseCases,
            AgentTypes = all.AgentTypes,
        };
    }

    /// <summary>What is tried in the preview.</summary>
    public IReadOnlyDictionary<string, JsonElement> Tried() =>
        Variables.Where(v => v.Tried.Length > 0).ToDictionary(v => v.Name, v => v.Value(v.Tried), StringComparer.Ordinal);

    /// <summary>Where this form says something else than theirs.</summary>
    public IReadOnlyList<EditDifference> Against(TemplateForm theirs) => EditDifference.Of(
        theirs.Settings().Zip(Settings(), (their, mine) => (their.Name, their.Value, mine.Value)));

    (string Name, string? Value)[] Settings() =>
    [
        ("Name", Name.Trim()), ("Description", Description.Trim()), ("Use cases", UseCases.Trim()), ("Agents", AgentTypes.Trim()),
        ("Segments", string.Join("\n", Segments.Select(s => $"{s.Name} ({LowerSnake.Write(s.Role)}, {s.Priority}, {s.MaxTokens}): {s.Content}"))),
        ("Variables", string.Join("\n", Variables.Select(v => $"{v.Name} ({LowerSnake.Write(v.Type)}, {v.Required}, {v.Default}, {v.Values}): {v.Description}"))),
    ];

    static string[] Words(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
