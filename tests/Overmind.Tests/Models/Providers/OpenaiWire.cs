namespace Overmind.Tests.Models.Providers;

/// <summary>Chat completions: JSON, or server-sent events of <c>chat.completion.chunk</c> that end with <c>[DONE]</c>.</summary>
sealed class OpenaiWire : Wire
{
    const string Usage =
        """{"prompt_tokens":21,"completion_tokens":7,"total_tokens":28,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}}""";

    public override string Path => "/v1/chat/completions";

    public override string ContentType => "text/event-stream";

    public override string Plain(string text) => Whole($$"""{"role":"assistant","content":{{Quote(text)}},"refusal":null}""", "stop");

    public override string Tool => Whole(
        """{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Lima\"}"}}]}""", "tool_calls");

    public override string Begin => Chunk("""{"role":"assistant","content":"","refusal":null}""");

    public override string Delta(string text) => Chunk($$"""{"content":{{Quote(text)}}}""");

    public override string End => Chunk("{}", "stop") + Counts;

    public override IReadOnlyList<string> ToolEvents =>
    [
        Chunk("""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}]}"""),
        Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
        Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Lima\"}"}}]}"""),
        Chunk("{}", "tool_calls") + Counts,
    ];

    public override string Error(string message) => $$$"""{"error":{"message":{{{Quote(message)}}},"type":"some_error","param":null,"code":null}}""";

    public override string Models =>
        """{"object":"list","data":[{"id":"text-embedding-1","object":"model","created":1,"owned_by":"o"},{"id":"chat-mini","object":"model","created":2,"owned_by":"o"}]}""";

    static string Counts => $$$"""data: {"id":"c1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[],"usage":{{{Usage}}}}""" + "\n\ndata: [DONE]\n\n";

    static string Whole(string message, string reason) =>
        $$$"""{"id":"c1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{{{message}}},"finish_reason":"{{{reason}}}"}],"usage":{{{Usage}}}}""";

    static string Chunk(string delta, string? reason = null) =>
        $$$"""data: {"id":"c1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{Word(reason)}}}}],"usage":null}"""
        + "\n\n";

    static string Word(string? reason) => reason is null ? "null" : Quote(reason);
}
