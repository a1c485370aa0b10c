namespace Overmind.Tests.Models.Providers;

/// <summary>Chat: JSON, or one JSON object a line, the last with <c>done</c> and the counts. It tells nothing of cached or thought tokens.</summary>
sealed class OllamaWire : Wire
{
    const string Counts = """ "total_duration":5000,"load_duration":1000,"prompt_eval_count":21,"prompt_eval_duration":1000,"eval_count":7,"eval_duration":3000""";

    public override string Path => "/api/chat";

    public override string ContentType => "application/x-ndjson";

    public override string Plain(string text) => Last(Quote(text));

    public override string Tool => Last("\"\"", ""","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Lima"}}}]""");

    public override string Begin => "";

    public override string Delta(string text) =>
        $$$"""{"model":"m","created_at":"2025-01-01T00:00:00Z","message":{"role":"assistant","content":{{{Quote(text)}}}},"done":false}""" + "\n";

    public override string End => Last("\"\"") + "\n";

    public override IReadOnlyList<string> ToolEvents =>
    [
        """{"model":"m","created_at":"2025-01-01T00:00:00Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Lima"}}}]},"done":false}""" + "\n",
        End,
    ];

    public override string Error(string message) => $$"""{"error":{{Quote(message)}}}""";

    public override string Models =>
        """{"models":[{"name":"embed","model":"embed","modified_at":"2025-01-01T00:00:00Z","size":1},{"name":"chat-mini","model":"chat-mini","modified_at":"2025-01-01T00:00:00Z","size":1}]}""";

    static string Last(string content, string more = "") =>
        $$$"""{"model":"m","created_at":"2025-01-01T00:00:00Z","message":{"role":"assistant","content":{{{content}}}{{{more}}}},"done_reason":"stop","done":true,{{{Counts}}}}""";
}
