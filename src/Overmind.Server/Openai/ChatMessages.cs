using System.Text.Json;
using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>The messages of a request: texts, images, calls of tools and what came of them.</summary>
static class ChatMessages
{
    public static IReadOnlyList<ChatMessage> Read(JsonMembers body) => [.. (body.Objects("messages") ?? throw body.Missing("messages")).Select(ReadOne)];

    static ChatMessage ReadOne(JsonMembers message)
    {
        var role = message.RequiredText("role");
        var read = role switch
        {
            "system" or "developer" => new ChatMessage(ChatRole.System, RequiredContent(message, withImages: false)),
            "user" => new ChatMessage(ChatRole.User, RequiredContent(message, withImages: true)),
            "assistant" => new ChatMessage(ChatRole.Assistant, OfAssistant(message)),
            "tool" => new ChatMessage(
                ChatRole.Tool, [new FunctionResultContent(message.RequiredText("tool_call_id"), string.Concat(RequiredContent(message, withImages: false).OfType<TextContent>().Select(t => t.Text)))]),
            _ => throw Unsupported.Refuse(message, "role", $"role is system, developer, user, assistant or tool, not {role}."),
        };
        read.AuthorName = message.Text("name");
        message.End();
        return read;
    }

    static List<AIContent> OfAssistant(JsonMembers message)
    {
        List<AIContent> contents = Content(message, withImages: false) ?? [];
        if (message.Text("refusal") is { } refusal) contents.Add(new TextContent(refusal));
        // What an answer has besides, as it was given: it comes back with the history.
        if (message.Objects("annotations") is { Count: > 0 }) throw Unsupported.Refuse(message, "annotations", $"{message.PathOf("annotations")} is not supported here. Leave it out.");
        foreach (var absent in (string[])["audio", "function_call"])
        {
            if (message.Has(absent) && !message.Is(absent, JsonValueKind.Null)) throw Unsupported.Refuse(message, absent, $"{message.PathOf(absent)} is not supported here. Leave it out.");
            message.Skip(absent);
        }

        contents.AddRange((message.Objects("tool_calls") ?? []).Select(Call));
        return contents.Count > 0 ? contents : throw message.Missing("content");
    }

    static List<AIContent> RequiredContent(JsonMembers message, bool withImages) => Content(message, withImages) ?? throw message.Missing("content");

    static List<AIContent>? Content(JsonMembers message, bool withImages)
    {
        const string name = "content";
        if (!message.Is(name, JsonValueKind.Array)) return message.Text(name) is { } text ? [new TextContent(text)] : null;
        return [.. message.Objects(name)!.Select(part => ContentPart.Read(part, withImages))];
    }

    static FunctionCallContent Call(JsonMembers call)
    {
        var id = call.RequiredText("id");
        if (call.RequiredText("type") is not "function" and var type) throw Unsupported.Refuse(call, "type", $"A call of a tool is of type function, not {type}.");
        using var function = call.Object("function") ?? throw call.Missing("function");
        var name = function.RequiredText("name");
        var arguments = Arguments(function);
        function.End();
        call.End();
        return new FunctionCallContent(id, name, arguments);
    }

    static Dictionary<string, object?> Arguments(JsonMembers function)
    {
        var text = function.RequiredText("arguments");
        if (text.Length == 0) return [];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value.Clone());
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            // Told below.
        }

        throw new OvermindException(ErrorCode.InvalidJson, $"{function.PathOf("arguments")} is not a JSON object, as text.", function.PathOf("arguments"));
    }
}
