using Overmind.Access;
using Overmind.Conversations.Transfers;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/imports</c> and <c>/v1/exports/conversations</c>: files of conversations, as streams in both directions.</summary>
sealed class TransferEndpoints(ImportService imports, ExportService exports)
{
    /// <summary>4 GiB: what is read of it at once is a conversation.</summary>
    const long MaxFileBytes = 4L * 1024 * 1024 * 1024;

    public void Map(ApiRoutes routes)
    {
        routes.PostFile("/v1/imports", ImportAsync, "format");
        routes.Get("/v1/exports/conversations", ExportAsync);
    }

    async Task ImportAsync(HttpContext http, Caller caller)
    {
        var format = http.Request.WordParameter<TransferFormat>("format");
        http.ExpectFile("Send the file as the body itself, as application/json or application/jsonl.", MaxFileBytes);
        var result = await imports.ImportAsync(caller.Claims, http.Request.Body, format, progress: null, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, result, ServerJson.Default.ImportResult);
    }

    /// <summary>A failure on the way breaks the connection off, so that nobody takes a part for the whole.</summary>
    Task ExportAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("conversation_id");
        return exports.WriteAsync(
            caller.Claims, http.Request.IdParameter("conversation_id"), http.Response.BodyWriter,
            () =>
            {
                http.Response.ContentType = "application/jsonl";
                http.Response.Headers.ContentDisposition = "attachment; filename=\"conversations.jsonl\"";
            },
            http.RequestAborted);
    }
}
