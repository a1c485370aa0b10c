using System.Text;
using Overmind.Conversations.Sharing;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/shared/{token}</c> and, to read in a browser, <c>/shared/{token}</c>: what a link shows to anybody who has it.</summary>
static class SharedEndpoints
{
    // The page has no script, no picture and no form, and is in no frame.
    const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v1/shared/{token}", [HttpMethods.Get], async http =>
        {
            http.Request.AllowOnly();
            Hide(http);
            await http.WriteJsonAsync(StatusCodes.Status200OK, await FindAsync(http), ServerJson.Default.SharedConversation);
        });
        routes.MapMethods("/shared/{token}", [HttpMethods.Get], async http =>
        {
            Hide(http);
            http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            try
            {
                await WriteAsync(http, StatusCodes.Status200OK, SharedPage.Write(await FindAsync(http)));
            }
            catch (OvermindException nothing) when (nothing.Code is ErrorCode.ShareNotFound)
            {
                await WriteAsync(http, StatusCodes.Status404NotFound, SharedPage.Nothing(nothing.Message));
            }
        });
    }

    static Task<SharedConversation> FindAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<ShareService>().ViewAsync((string)http.Request.RouteValues["token"]!, http.RequestAborted);

    // Neither search engines nor caches keep it: it may be revoked at any time.
    static void Hide(HttpContext http)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers.CacheControl = "no-store";
    }

    static async Task WriteAsync(HttpContext http, int status, string page)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
