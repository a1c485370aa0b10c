using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Memory;
using Overmind.Server.Http;

namespace Overmind.Server.Memory;

/// <summary><c>/v1/imports/memories</c> and <c>/v1/exports/memories</c>: files of memories, as streams in both directions.</summary>
sealed class MemoryTransferEndpoints(MemoryImportService imports, MemoryExportService exports)
{
    /// <summary>4 GiB: what is read of it at once is a line.</summary>
    const long MaxFileBytes = 4L * 1024 * 1024 * 1024;

    public void Map(ApiRoutes routes)
    {
        routes.PostFile("/v1/imports/memories", ImportAsync);
        routes.Get("/v1/exports/memories", ExportAsync);
    }

    async Task ImportAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        if (http.Request.ContentType is not { } type || type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            throw new OvermindException(ErrorCode.UnsupportedMediaType, "Send the file as the body itself, as application/json or application/jsonl.");
        if (http.Request.Headers.ContentEncoding.Count > 0) throw new OvermindException(ErrorCode.UnsupportedMediaType, "Send the file without Content-Encoding.");
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxFileBytes;
        var result = await imports.ImportAsync(caller.Claims, http.Request.Body, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, result, ServerJson.Default.MemoryImportResult);
    }

    /// <summary>A failure on the way breaks the connection off, so that nobody takes a part for the whole.</summary>
    async Task ExportAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        http.Response.ContentType = "application/jsonl";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"memories.jsonl\"";
        await foreach (var line in exports.ExportAsync(caller.Claims, http.RequestAborted))
            await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), http.RequestAborted);
    }
}
