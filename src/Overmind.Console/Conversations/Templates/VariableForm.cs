using System.Text.Json;
using Overmind.Conversations.Templates;

namespace Overmind.WebConsole.Conversations.Templates;

/// <summary>A variable as it stands in the form, and the value with which it is tried.</summary>
public sealed record VariableForm
{
    public string Name { get; set; } = "";

    public TemplateVariableType Type { get; set; }

    public bool Required { get; set; }

    /// <summary>Empty: none.</summary>
    public string Default { get; set; } = "";

    /// <summary>Of an enum, separated by commas.</summary>
    public string Values { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Empty: it is not given.</summary>
    public string Tried { get; set; } = "";

    public IReadOnlyList<string> Choices => Type is TemplateVariableType.Enum ? Values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    public static VariableForm Of(TemplateVariable variable) => new()
    {
        Name = variable.Name,
        Type = variable.Type,
        Required = variable.Required,
        Default = variable.Default switch { null => "", { ValueKind: JsonValueKind.String } text => text.GetString()!, { } other => other.GetRawText() },
        Values = string.Join(", ", variable.Values),
        Description = variable.Description ?? "",
    };

    public TemplateVariable ToVariable() => new()
    {
        Name = Name,
        Type = Type,
        Required = Required,
        Default = Required || Default.Length == 0 ? null : Value(Default),
        Values = Choices,
        Description = string.IsNullOrWhiteSpace(Description) ? null : Description.Trim(),
    };

    /// <summary>What is no number or boolean goes as the text it is, so that the refusal is the service's.</summary>
    public JsonElement Value(string text)
    {
        if (Type is TemplateVariableType.Number or TemplateVariableType.Boolean)
        {
            try
            {
                return JsonElement.Parse(text);
            }
            catch (JsonException)
            {
            }
        }

        return JsonSerializer.SerializeToElement(text);
    }
}
