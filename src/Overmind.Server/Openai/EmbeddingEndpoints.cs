using System.Runtime.InteropServices;
using System.Text.Json;
using Overmind.Access;
using Overmind.Agents.Completions;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary><c>/openai/v1/embeddings</c>: vectors of the installation's embedder.</summary>
sealed class EmbeddingEndpoints(EmbeddingService embeddings)
{
    public void Map(ApiRoutes routes) => routes.PostStream("/openai/v1/embeddings", EmbedAsync);

    async Task EmbedAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var call = new EmbeddingCall
        {
            Model = body.RequiredText("model"),
            Input = Input(body),
            Dimensions = body.Integer("dimensions"),
            EndUser = body.Text("user"),
        };
        var format = body.Text("encoding_format") ?? "float";
        if (format is not ("float" or "base64")) throw Unsupported.Refuse(body, "encoding_format", $"encoding_format is float or base64, not {format}.");
        body.End();
        var answer = await embeddings.EmbedAsync(caller.Claims, call, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, (answer, format == "base64"), Write);
    }

    static IReadOnlyList<string> Input(JsonMembers body)
    {
        if (body.IsArrayOf("input", JsonValueKind.Number) || body.IsArrayOf("input", JsonValueKind.Array))
            throw Unsupported.Refuse(body, "input", "input is text, or several: tokens of another tokenizer mean nothing to the embedder here.");
        return body.TextOrTexts("input") ?? throw body.Missing("input");
    }

    static void Write(Utf8JsonWriter writer, (EmbeddingAnswer Answer, bool IsBase64) written)
    {
        var (answer, isBase64) = written;
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        for (var i = 0; i < answer.Vectors.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object"u8, "embedding"u8);
            writer.WriteNumber("index"u8, i);
            // Of 32 bits each, little-endian.
            if (isBase64) writer.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(answer.Vectors[i].Span));
            else WriteNumbers(writer, answer.Vectors[i].Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, answer.Model.ToString());
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, answer.TokensInput);
        writer.WriteNumber("total_tokens"u8, answer.TokensInput);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    static void WriteNumbers(Utf8JsonWriter writer, ReadOnlySpan<float> vector)
    {
        writer.WriteStartArray("embedding"u8);
        foreach (var value in vector) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}
