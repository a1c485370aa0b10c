namespace Overmind.Tests.Models.Providers;

/// <summary>Messages: JSON, or the named events <c>message_start</c> to <c>message_stop</c>. Its input tokens do not hold the cached ones.</summary>
sealed class AnthropicWire : Wire
{
    public override string Path => "/v1/messages";

    public override string ContentType => "text/event-stream";

    public override string Plain(string text) => Whole($$"""{"type":"text","text":{{Quote(text)}}}""", "end_turn");

    public override string Tool => Whole("""{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Lima"}}""", "tool_use");

    public override string Begin =>
        Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":16,"cache_creation_input_tokens":0,"cache_read_input_tokens":5,"output_tokens":1}}}""")
        + Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
        + Event("ping", """{"type":"ping"}""");

    public override string Delta(string text) =>
        Event("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quote(text)}}}}}""");

    public override string End => Stop("end_turn");

    public override IReadOnlyList<string> ToolEvents =>
    [
        Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":16,"cache_creation_input_tokens":0,"cache_read_input_tokens":5,"output_tokens":1}}}"""),
        Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}"""),
        Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"Lima\"}"}}"""),
        Stop("tool_use"),
    ];

    public override string Error(string message) => $$$"""{"type":"error","error":{"type":"some_error","message":{{{Quote(message)}}}},"request_id":"req_1"}""";

    public override string Models =>
        """{"data":[{"type":"model","id":"embed-1","display_name":"Embed 1","created_at":"2025-01-01T00:00:00Z"},{"type":"model","id":"chat-mini","display_name":"Chat Mini","created_at":"2025-01-01T00:00:00Z"}],"has_more":false,"first_id":"embed-1","last_id":"chat-mini"}""";

    public static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    static string Whole(string block, string reason) =>
        $$$"""{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{{{block}}}],"stop_reason":"{{{reason}}}","stop_sequence":null,"usage":{"input_tokens":16,"cache_creation_input_tokens":0,"cache_read_input_tokens":5,"output_tokens":7}}""";

    static string Stop(string reason) =>
        Event("content_block_stop", """{"type":"content_block_stop","index":0}""")
        + Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":7}}""")
        + Event("message_stop", """{"type":"message_stop"}""");
}
