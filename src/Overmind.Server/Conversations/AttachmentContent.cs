using System.Net.Http.Headers;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary>
/// The bytes of an attachment as a response, piece by piece, or one range of them (RFC 9110, 14). Nothing in it runs: pictures of pixels are shown where they stand, all
/// else is a download, and whatever a browser makes of it stands in a sandbox without rights.
/// </summary>
static class AttachmentContent
{
    const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    public static async Task WriteAsync(HttpContext http, AttachmentService attachments, Claims claims, Guid id)
    {
        var attachment = await attachments.GetAsync(claims, id, http.RequestAborted);
        var response = http.Response;
        var tag = $"\"{attachment.Sha256}\"";
        response.Headers.ETag = tag;
        response.Headers.AcceptRanges = "bytes";
        // Kept by the caller alone, who asks each time whether it is still there.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (EntityTag.IsKnown(http.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.Headers.ContentDisposition = Disposition(attachment);
        response.ContentType = attachment.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{attachment.MediaType}; charset=utf-8" : attachment.MediaType;
        var (from, length) = Range(http.Request, tag, attachment.SizeBytes) ?? (0, attachment.SizeBytes);
        if (length < attachment.SizeBytes)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{from + length - 1}/{attachment.SizeBytes}";
        }

        response.ContentLength = length;
        await foreach (var piece in attachments.ReadAsync(claims, attachment, from, length, http.RequestAborted))
            await response.BodyWriter.WriteAsync(piece, http.RequestAborted);
    }

    /// <summary>The name as RFC 6266 has it: what is no ASCII stands in a parameter of its own.</summary>
    static string Disposition(Attachment attachment) =>
        new ContentDispositionHeaderValue(IsPixels(attachment) ? "inline" : "attachment") { FileNameStar = attachment.Name }.ToString();

    static bool IsPixels(Attachment attachment) => attachment.MediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <summary>Null for all of it: nothing is asked for, several ranges are, or another version was.</summary>
    static (long From, long Length)? Range(HttpRequest request, string tag, long size)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range, out var asked) || asked.Unit != "bytes" || asked.Ranges.Count != 1)
            return null;
        if (request.Headers.IfRange is [{ } version, ..] && version != tag)
            return null;
        var range = asked.Ranges.Single();
        var from = range.From ?? Math.Max(0, size - range.To!.Value);
        var last = range.From is null ? size - 1 : Math.Min(range.To ?? size - 1, size - 1);
        return from <= last && from < size
            ? (from, last - from + 1)
            : throw new OvermindException(ErrorCode.RangeNotSatisfiable, $"The file has {size} bytes; ask for some of them, as Range: bytes=0-1023.", "Range");
    }
}
