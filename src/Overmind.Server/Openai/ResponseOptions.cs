using Microsoft.Extensions.AI;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>What form the answer has, and how long the model thinks about it.</summary>
static class ResponseOptions
{
    /// <param name="isStrict">Of a schema: whether the answer has to keep it; null: nobody says.</param>
    public static ChatResponseFormat? Format(JsonMembers body, out bool? isStrict)
    {
        isStrict = null;
        using var format = body.Object("response_format");
        if (format is null) return null;
        var type = format.RequiredText("type");
        if (type is not ("text" or "json_object" or "json_schema"))
            throw Unsupported.Refuse(format, "type", $"response_format.type is text, json_object or json_schema, not {type}.");
        ChatResponseFormat read = type switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            _ => Schema(format, out isStrict),
        };
        format.End();
        return read;
    }

    public static ReasoningOptions? Reasoning(JsonMembers body) => body.Text("reasoning_effort") switch
    {
        null => null,
        "none" => new() { Effort = ReasoningEffort.None },
        "low" => new() { Effort = ReasoningEffort.Low },
        "medium" => new() { Effort = ReasoningEffort.Medium },
        "high" => new() { Effort = ReasoningEffort.High },
        "xhigh" => new() { Effort = ReasoningEffort.ExtraHigh },
        var other => throw Unsupported.Refuse(body, "reasoning_effort", $"reasoning_effort is none, low, medium, high or xhigh, not {other}."),
    };

    static ChatResponseFormatJson Schema(JsonMembers format, out bool? isStrict)
    {
        using var members = format.Object("json_schema") ?? throw format.Missing("json_schema");
        var (name, description) = (members.RequiredText("name"), members.Text("description"));
        isStrict = members.Flag("strict");
        var schema = members.Json("schema") ?? throw members.Missing("schema");
        members.End();
        return ChatResponseFormat.ForJsonSchema(schema.Clone(), name, description);
    }
}
