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
        this HttpContext http, int status, T value, Action<Utf8JsonWriter, T> write, string contentType = ContentType) =>
        http.WriteAsync(status, value, write, contentType, null);

    /// <summary>Writes a resource with its ETag; 304 without it to a GET whose If-None-Match has that.</summary>
    /// <param name="updatedAt">When it was last changed.</param>
    public static Task WriteJsonAsync<T>(this HttpContext http, int status, T value, DateTimeOffset updatedAt, JsonTypeInfo<T> type) =>
        http.WriteJsonAsync(status, (value, type), updatedAt, static (writer, it) => JsonSerializer.Serialize(writer, it.value, it.type));

    /// <summary>As above, for what is written member by member.</summary>
    public static Task WriteJsonAsync<T>(
        this HttpContext http, int status, T value, DateTimeOffset updatedAt, Action<Utf8JsonWriter, T> write) =>
        http.WriteAsync(status, value, write, ContentType, updatedAt);

    static Task WriteAsync<T>(
        this HttpContext http, int status, T value, Action<Utf8JsonWriter, T> write, string contentType, DateTimeOffset? updatedAt)
    {
        var (buffer, writer) = t_kept ?? New();
        t_kept = null;
        write(writer, value);
        writer.Flush();
        if (!http.IsKnown(updatedAt, buffer.WrittenSpan))
        {
            var response = http.Response;
            response.StatusCode = status;
            response.ContentType = contentType;
            response.ContentLength = buffer.WrittenCount;
            response.BodyWriter.Write(buffer.WrittenSpan);
        }
        // A page of large messages is not kept for the next response.
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            t_kept = (buffer, writer);
        }
        return Task.CompletedTask;
    }

    // Sets the ETag, where there is a version, and answers whoever has it already.
    static bool IsKnown(this HttpContext http, DateTimeOffset? updatedAt, ReadOnlySpan<byte> json)
    {
        if (updatedAt is not { } version)
            return false;
        var tag = EntityTag.Of(version, json);
        http.Response.Headers.ETag = tag;
        if (!EntityTag.IsKnown(http.Request, tag))
            return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
