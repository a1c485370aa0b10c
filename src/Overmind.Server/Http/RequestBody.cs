using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>Reads the body of a request as a JSON object.</summary>
static class RequestBody
{
    static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The members of the body; an empty body counts as an empty object.</summary>
    public static async ValueTask<JsonMembers> ReadAsync(HttpContext http)
    {
        RequireJson(http.Request);
        return new JsonMembers(Parse(await ReadBytesAsync(http)));
    }

    /// <summary>The whole body. A copy: the pipe takes its memory back.</summary>
    public static async ValueTask<byte[]> ReadBytesAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAsync(http.RequestAborted);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(http.RequestAborted);
        }
        var bytes = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    static void RequireJson(HttpRequest request)
    {
        var isEmpty = request.ContentLength is 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0);
        if (!isEmpty && !request.HasJsonContentType())
            throw new OvermindException(ErrorCode.UnsupportedMediaType, "Send the body as JSON, with the header Content-Type: application/json.");
        if (!isEmpty && (request.Headers.ContentEncoding.Count > 0 || IsOtherThanUtf8(request.ContentType!)))
            throw new OvermindException(ErrorCode.UnsupportedMediaType, "Send the body as plain UTF-8, without Content-Encoding and in no other charset.");
    }

    static bool IsOtherThanUtf8(string contentType) =>
        contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
        && MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.CharSet is { Length: > 0 } charset
        && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    static JsonDocument Parse(byte[] utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8.Length == 0 ? "{}"u8.ToArray() : utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new OvermindException(ErrorCode.InvalidJson, "The body is JSON, but not an object.");
        }
        catch (JsonException malformed)
        {
            throw new OvermindException(
                ErrorCode.InvalidJson,
                $"The body is not valid JSON at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}: {Reason(malformed)}",
                inner: malformed);
        }
        catch (InvalidOperationException undecodable)
        {
            throw new OvermindException(ErrorCode.InvalidText, "The body has a member whose name is not Unicode.", inner: undecodable);
        }
    }

    // The message ends with the position in the library's own, zero-based words.
    static string Reason(JsonException malformed) =>
        malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var at ? malformed.Message[..at] : malformed.Message;
}
