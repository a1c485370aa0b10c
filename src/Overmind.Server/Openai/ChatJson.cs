using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Overmind.Agents.Completions;

namespace Overmind.Server.Openai;

/// <summary>Answers as OpenAI has them: <c>chat.completion</c>, and <c>chat.completion.chunk</c> of a stream.</summary>
/// <param name="id">Of the call's row in the ledger, or of the run.</param>
/// <param name="model">As the request names it.</param>
sealed class ChatJson(Guid id, string model, DateTimeOffset created)
{
    static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(Utf8JsonWriter writer, (ChatAnswer Answer, CompletionUsage Usage) whole)
    {
        var (answer, usage) = whole;
        Begin(writer, "chat.completion");
        BeginChoice(writer, "message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        var calls = answer.Calls;
        writer.WriteString("content"u8, answer.Text.Length == 0 && calls.Count > 0 ? null : answer.Text);
        writer.WriteNull("refusal"u8);
        if (calls.Count > 0) Write(writer, calls, withIndex: false);
        EndChoice(writer, answer.FinishReason);
        Write(writer, usage);
        writer.WriteEndObject();
    }

    /// <summary>One event, with the line that ends it.</summary>
    public void Write(IBufferWriter<byte> body, ChatChunk chunk)
    {
        if (chunk.Comment is { } comment)
        {
            body.Write(Encoding.UTF8.GetBytes($": {comment.ReplaceLineEndings(" ")}\n\n"));
            return;
        }

        body.Write("data: "u8);
        if (ReferenceEquals(chunk, ChatChunk.Done))
            body.Write("[DONE]"u8);
        else
        {
            using var writer = new Utf8JsonWriter(body, Json);
            if (chunk.Error is { } error) OpenaiError.Write(writer, error);
            else Write(writer, chunk);
        }

        body.Write("\n\n"u8);
    }

    void Write(Utf8JsonWriter writer, ChatChunk chunk)
    {
        Begin(writer, "chat.completion.chunk");
        if (chunk.Usage is { } usage)
        {
            writer.WriteEndArray();
            Write(writer, usage);
        }
        else
        {
            BeginChoice(writer, "delta"u8);
            if (chunk.Begins)
            {
                writer.WriteString("role"u8, "assistant"u8);
                writer.WriteString("content"u8, ""u8);
                writer.WriteNull("refusal"u8);
            }

            if (chunk.Text is { } text) writer.WriteString("content"u8, text);
            if (chunk.Call is { } call) Write(writer, [call], withIndex: true);
            EndChoice(writer, chunk.FinishReason);
        }

        writer.WriteEndObject();
    }

    void Begin(Utf8JsonWriter writer, string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, $"chatcmpl-{id:N}");
        writer.WriteString("object"u8, kind);
        writer.WriteNumber("created"u8, created.ToUnixTimeSeconds());
        writer.WriteString("model"u8, model);
        writer.WriteNull("system_fingerprint"u8);
        writer.WriteStartArray("choices"u8);
    }

    static void BeginChoice(Utf8JsonWriter writer, ReadOnlySpan<byte> part)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        writer.WriteStartObject(part);
    }

    static void EndChoice(Utf8JsonWriter writer, string? finishReason)
    {
        writer.WriteEndObject();
        writer.WriteNull("logprobs"u8);
        writer.WriteString("finish_reason"u8, finishReason);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<ToolCallDelta> calls, bool withIndex)
    {
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            if (withIndex) writer.WriteNumber("index"u8, call.Index);
            if (call.Id is { } callId)
            {
                writer.WriteString("id"u8, callId);
                writer.WriteString("type"u8, "function"u8);
            }

            writer.WriteStartObject("function"u8);
            if (call.Name is { } name) writer.WriteString("name"u8, name);
            writer.WriteString("arguments"u8, call.Arguments);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, CompletionUsage usage)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, usage.TokensInput);
        writer.WriteNumber("completion_tokens"u8, usage.TokensOutput);
        writer.WriteNumber("total_tokens"u8, usage.TokensInput + usage.TokensOutput);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.TokensCached ?? 0);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.TokensReasoning ?? 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
