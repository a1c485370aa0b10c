using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Agents.Completions;
using Overmind.Conversations;
using Overmind.Conversations.Exchanges;

namespace Overmind.Server.Openai;

/// <summary>What was said, as a conversation keeps it: the text, by which it is known again, and beside it what is more than text.</summary>
static class ExchangeMessages
{
    public static IReadOnlyList<ExchangeMessage> Of(IReadOnlyList<ChatMessage> messages) => [.. messages.Select(Of).OfType<ExchangeMessage>()];

    /// <summary>Null for an answer that says nothing.</summary>
    public static ExchangeMessage? Of(ChatAnswer answer, string model, CompletionUsage usage)
    {
        var calls = answer.Calls.Select(c => (c.Id, c.Name, c.Arguments)).ToList();
        return Text(answer.Text, calls) is { Length: > 0 } text
            ? new ExchangeMessage
            {
                Role = MessageRole.Assistant,
                Content = StoredText.Clean(text),
                Tools = Calls(calls),
                ModelUsed = model,
                TokensUsed = usage.TokensInput + usage.TokensOutput,
                LatencyMs = usage.LatencyMs,
            }
            : null;
    }

    static ExchangeMessage? Of(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(c => ((string?)c.CallId, (string?)c.Name, JsonSerializer.Serialize(c.Arguments, AIJsonUtilities.DefaultOptions))).ToList();
        var result = message.Contents.OfType<FunctionResultContent>().FirstOrDefault();
        var images = message.Contents.Where(c => c is DataContent or UriContent).ToList();
        var text = result is not null ? result.Result as string ?? "" : Text(message.Text, calls);
        if (text.Length == 0 && images.Count > 0) text = "(image)";
        return text.Length == 0 ? null : new ExchangeMessage
        {
            Role = LowerSnake.Read<MessageRole>(message.Role.Value)!.Value,
            Content = text,
            ContentParts = result is not null ? new JsonObject { ["type"] = "tool_result", ["tool_call_id"] = result.CallId, ["output"] = text }
                : images.Count > 0 ? Images(message)
                : null,
            Tools = Calls(calls),
        };
    }

    /// <summary>Calls of tools are text, too: they are searched, and known again.</summary>
    static string Text(string text, List<(string? Id, string? Name, string Arguments)> calls) =>
        string.Join("\n", ((string[])[text]).Where(t => t.Length > 0).Concat(calls.Select(c => $"{c.Name}({Compact(c.Arguments)})")));

    /// <summary>The same however a client writes it.</summary>
    static string Compact(string arguments) => Object(arguments) is { Count: > 0 } read ? read.ToJsonString() : arguments;

    /// <summary>Empty where the model wrote none.</summary>
    static JsonObject Object(string arguments)
    {
        try
        {
            return JsonNode.Parse(arguments) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    static JsonArray? Calls(List<(string? Id, string? Name, string Arguments)> calls) => calls.Count == 0
        ? null
        : new JsonArray([.. calls.Select(c => new JsonObject { ["id"] = c.Id, ["name"] = c.Name, ["arguments"] = Object(c.Arguments) })]);

    /// <summary>Of an image that came with the message its kind and size.</summary>
    static JsonObject Images(ChatMessage message) => new()
    {
        ["type"] = "multimodal",
        ["parts"] = new JsonArray([.. message.Contents.Select(c => c switch
        {
            UriContent uri => new JsonObject { ["type"] = "image", ["url"] = uri.Uri.ToString() },
            DataContent data => new JsonObject { ["type"] = "text", ["text"] = $"({data.MediaType}, {data.Data.Length} bytes)" },
            _ => new JsonObject { ["type"] = "text", ["text"] = c.ToString() },
        })]),
    };
}
