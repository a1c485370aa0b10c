using Microsoft.Extensions.AI;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary>The body of <c>POST /openai/v1/chat/completions</c>. What is not supported is refused by its name.</summary>
sealed record ChatRequest
{
    public required string Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required ChatOptions Options { get; init; }

    public required bool IsStream { get; init; }

    /// <summary>Whether the stream ends with what was used.</summary>
    public required bool IncludesUsage { get; init; }

    public string? User { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public static ChatRequest Read(JsonMembers body)
    {
        Unsupported.Check(body);
        using var streamOptions = body.Object("stream_options");
        var includesUsage = streamOptions?.Flag("include_usage") ?? false;
        streamOptions?.Flag("include_obfuscation");
        streamOptions?.End();
        var request = new ChatRequest
        {
            Model = body.RequiredText("model"),
            Messages = ChatMessages.Read(body),
            Options = ReadOptions(body),
            IsStream = body.Flag("stream") ?? false,
            IncludesUsage = includesUsage,
            User = body.Text("user") ?? body.Text("safety_identifier"),
            Metadata = body.Pairs("metadata"),
        };
        // Who it is for goes by two names, and a hint to a cache of the provider's changes no answer.
        foreach (var harmless in (string[])["safety_identifier", "prompt_cache_key"]) body.Text(harmless);
        body.End();
        return request;
    }

    static ChatOptions ReadOptions(JsonMembers body) => new()
    {
        Temperature = (float?)body.Number("temperature"),
        TopP = (float?)body.Number("top_p"),
        // The older name means the same.
        MaxOutputTokens = MostTokens(body.Integer("max_completion_tokens"), body.Integer("max_tokens")),
        StopSequences = body.TextOrTexts("stop") is { } stop ? [.. stop] : null,
        Seed = body.Integer("seed"),
        FrequencyPenalty = (float?)body.Number("frequency_penalty"),
        PresencePenalty = (float?)body.Number("presence_penalty"),
        Reasoning = ResponseOptions.Reasoning(body),
        ResponseFormat = ResponseOptions.Format(body, out var isStrict),
        AdditionalProperties = isStrict is { } strict ? new() { [CallersTool.Strict] = strict } : null,
        Tools = CallersTool.Read(body) is { } tools ? [.. tools] : null,
        ToolMode = CallersTool.Mode(body),
        AllowMultipleToolCalls = body.Flag("parallel_tool_calls"),
    };

    static int? MostTokens(int? most, int? byOlderName) => most ?? byOlderName;
}
