using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overmind.Server.Http;

/// <summary>Writes a resource as the whole response.</summary>
static class JsonResponse
{
    const string ContentType = "application/json";
    const int LargestKept = 1024 * 1024;

    // The media type keeps a browser from reading the text as HTML, so only what JSON itself asks for is escaped.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_kept;

    /// <summary>Serializes first and sends then: an error while serializing is still a clean 500, and the length is known.</summary>
    public static Task WriteJsonAsync<T>(this HttpContext http, int status, T value, JsonTypeInfo<T> type, string contentType = ContentType) =>
        http.WriteJsonAsync(status, (value, type), static (writer, it) => JsonSerializer.Serialize(writer, it.value, it.type), contentType);

    /// <summary>As above, for what is written member by member.</summary>
    public static Task WriteJsonAsync<T>(
        this HttpContext http, int status, T value, Action<Utf8JsonWriter, T> write, string contentType = ContentType)
    {
        var (buffer, writer) = t_kept ?? New();
        t_kept = null;
        write(writer, value);
        writer.Flush();
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        // A page of large messages is not kept for the next response.
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            t_kept = (buffer, writer);
        }
        return Task.CompletedTask;
    }

    static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
