using Microsoft.AspNetCore.Http.Features;
using Overmind.Errors;

namespace Overmind.Server.Http;

/// <summary>A request whose body is a file, which is read as it comes.</summary>
static class FileBody
{
    /// <summary>Lets a body come that is larger than others may be.</summary>
    /// <param name="how">What is told to who sends a form instead, or says nothing of what it is.</param>
    public static void ExpectFile(this HttpContext http, string how, long mostBytes)
    {
        if (http.Request.ContentType is not { } type || type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw new OvermindException(ErrorCode.UnsupportedMediaType, how);
        if (http.Request.Headers.ContentEncoding.Count > 0)
            throw new OvermindException(ErrorCode.UnsupportedMediaType, "Send the file without Content-Encoding.");
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = mostBytes;
    }
}
