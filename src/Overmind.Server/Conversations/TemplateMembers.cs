using System.Text.Json;
using Overmind.Conversations;
using Overmind.Conversations.Templates;
using Overmind.Server.Agents;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>Context templates in a body.</summary>
static class TemplateMembers
{
    public static IReadOnlyList<TemplateSegment>? Segments(this JsonMembers body) => body.Objects("segments") is { } items ? [.. items.Select(Segment)] : null;

    public static IReadOnlyList<TemplateVariable>? TemplateVariables(this JsonMembers body) =>
        body.Objects("variables") is { } items ? [.. items.Select(Variable)] : null;

    public static TemplateRendering Rendering(this JsonMembers body) => new()
    {
        Version = body.Integer("version"),
        Variables = Values(body),
        Model = body.Model("model"),
        MaxTokens = body.Integer("max_tokens"),
    };

    /// <summary>Null where the conversation begins with none.</summary>
    public static TemplateUse? TemplateUse(this JsonMembers body)
    {
        using var given = body.Object("context_template");
        if (given is null) return null;
        var use = new TemplateUse { Id = given.Id("id"), Name = given.Text("name"), Version = given.Integer("version"), Variables = Values(given) };
        given.End();
        return use;
    }

    static TemplateSegment Segment(JsonMembers given)
    {
        var segment = new TemplateSegment
        {
            Name = given.RequiredText("name"),
            Role = given.RequiredWord<MessageRole>("role"),
            Content = given.RequiredText("content"),
            Priority = given.Integer("priority") ?? TemplateSegment.DefaultPriority,
            MaxTokens = given.Integer("max_tokens"),
        };
        given.End();
        return segment;
    }

    static TemplateVariable Variable(JsonMembers given)
    {
        var variable = new TemplateVariable
        {
            Name = given.RequiredText("name"),
            Type = given.RequiredWord<TemplateVariableType>("type"),
            Required = given.Boolean("required") ?? false,
            Default = given.Value("default"),
            Values = given.Texts("values") ?? [],
            Description = given.Text("description"),
        };
        given.End();
        return variable;
    }

    static Dictionary<string, JsonElement> Values(JsonMembers given) =>
        given.Json("variables") is { } values ? values.EnumerateObject().ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal) : [];
}
