using Overmind.Access;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/attachments</c>: files that messages show. They come as the body itself and go as they came.</summary>
sealed class AttachmentEndpoints(AttachmentService attachments)
{
    public void Map(ApiRoutes routes)
    {
        routes.PostFile("/v1/attachments", UploadAsync, "name");
        routes.Get("/v1/attachments", ListAsync);
        routes.Get("/v1/attachments/{attachment_id}", GetAsync);
        routes.Get("/v1/attachments/{attachment_id}/content", ContentAsync);
        routes.Delete("/v1/attachments/{attachment_id}", DeleteAsync);
    }

    async Task UploadAsync(HttpContext http, Caller caller)
    {
        http.ExpectFile("Send the file as the body itself, with what it is in Content-Type, as image/png.", long.MaxValue);
        // What curl says when nobody has said anything.
        if (http.Request.ContentType is { } form && form.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            throw new OvermindException(ErrorCode.UnsupportedMediaType, "Say what the file is in Content-Type, as image/png, or application/octet-stream for what its first bytes say.");
        var attachment = new NewAttachment { Name = http.Request.TextParameter("name"), MediaType = http.Request.ContentType, SizeBytes = http.Request.ContentLength };
        var uploaded = await attachments.UploadAsync(caller.Claims, http.Request.Body, attachment, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/attachments/{uploaded.Id}";
        await http.WriteJsonAsync(StatusCodes.Status201Created, uploaded, ServerJson.Default.Attachment);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("conversation_id");
        var found = await attachments.ListAsync(caller.Claims, http.Request.IdParameter("conversation_id"), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Attachment>.Of(found, a => a.Id), ServerJson.Default.ListResponseAttachment);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await attachments.GetAsync(caller.Claims, http.AttachmentId(), http.RequestAborted), ServerJson.Default.Attachment);
    }

    async Task ContentAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await AttachmentContent.WriteAsync(http, attachments, caller.Claims, http.AttachmentId());
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.AttachmentId();
        await attachments.DeleteAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "attachment.deleted"), ServerJson.Default.DeletedResponse);
    }
}
