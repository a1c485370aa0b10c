using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Server.Access;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/attachments/{attachment_id}</c>: what a message of the console shows, for who is signed in there.</summary>
static class AttachmentPages
{
    public static void MapAttachmentPages(this WebApplication app) => app.MapMethods("/attachments/{attachment_id}", [HttpMethods.Get], ShowAsync).RequireAuthorization();

    static async Task ShowAsync(HttpContext http)
    {
        var claims = MemberPrincipal.Claims(http.User) ?? throw new OvermindException(ErrorCode.Unauthenticated, "Sign in first.");
        await AttachmentContent.WriteAsync(http, http.RequestServices.GetRequiredService<AttachmentService>(), claims, http.AttachmentId());
    }
}
