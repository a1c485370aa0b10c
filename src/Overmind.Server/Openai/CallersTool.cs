using System.Text.Json;
using Microsoft.Extensions.AI;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>A tool that the caller runs: the model is told of it, and its calls go back to the caller.</summary>
sealed class CallersTool : AIFunctionDeclaration
{
    /// <summary>Under this name the library's client of OpenAI reads whether arguments have to keep the schema.</summary>
    public const string Strict = "strict";

    static readonly JsonElement NoParameters = JsonElement.Parse("""{"type": "object", "properties": {}}""");

    readonly Dictionary<string, object?> _properties = [];

    CallersTool(string name, string? description, JsonElement schema, bool? isStrict)
    {
        (Name, Description, JsonSchema) = (name, description ?? "", schema);
        if (isStrict is { } strict) _properties[Strict] = strict;
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema { get; }

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;

    public static IReadOnlyList<AITool>? Read(JsonMembers body) => body.Objects("tools") is { Count: > 0 } tools ? [.. tools.Select(ReadOne)] : null;

    /// <summary><c>none</c>, <c>auto</c>, <c>required</c>, or one function by its name.</summary>
    public static ChatToolMode? Mode(JsonMembers body)
    {
        const string name = "tool_choice";
        if (!body.Is(name, JsonValueKind.Object))
            return body.Text(name) switch
            {
                null => null,
                "none" => ChatToolMode.None,
                "auto" => ChatToolMode.Auto,
                "required" => ChatToolMode.RequireAny,
                var other => throw Unsupported.Refuse(body, name, $"tool_choice is none, auto, required or a function, not {other}."),
            };
        using var choice = body.Object(name)!;
        using var function = FunctionOf(choice);
        var mode = ChatToolMode.RequireSpecific(function.RequiredText("name"));
        function.End();
        choice.End();
        return mode;
    }

    static CallersTool ReadOne(JsonMembers tool)
    {
        using var function = FunctionOf(tool);
        var read = new CallersTool(function.RequiredText("name"), function.Text("description"), function.Json("parameters")?.Clone() ?? NoParameters, function.Flag("strict"));
        function.End();
        tool.End();
        return read;
    }

    static JsonMembers FunctionOf(JsonMembers members)
    {
        if (members.RequiredText("type") is not "function" and var type)
            throw Unsupported.Refuse(members, "type", $"A tool is of type function, not {type}.");
        return members.Object("function") ?? throw members.Missing("function");
    }
}
