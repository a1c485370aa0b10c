using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Overmind.Conversations.Transfers;
using Overmind.WebConsole.Access;

namespace Overmind.WebConsole.Conversations;

/// <summary>The member's conversations as a file for their browser, as the API gives them out.</summary>
static class ConversationExport
{
    /// <summary>Where it is, from the console's root.</summary>
    public const string Path = "/exports/conversations";

    /// <param name="conversation">Only this one; null: all.</param>
    public static Task WriteAsync(HttpContext http, ExportService exports, [FromQuery(Name = "conversation_id")] Guid? conversation) =>
        exports.WriteAsync(
            MemberClaims.Of(http.User), conversation, http.Response.BodyWriter,
            () =>
            {
                http.Response.ContentType = "application/jsonl";
                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{(conversation is { } one ? $"conversation-{one}" : "conversations")}.jsonl\"";
            },
            http.RequestAborted);
}
