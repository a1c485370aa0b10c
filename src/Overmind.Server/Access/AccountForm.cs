using Microsoft.AspNetCore.Antiforgery;
using Overmind.Errors;

namespace Overmind.Server.Access;

/// <summary>What all forms of the console that work without scripts have in common.</summary>
static class AccountForm
{
    public static Task<IFormCollection> ReadAsync(HttpContext http) => http.Request.HasFormContentType
        ? http.Request.ReadFormAsync(http.RequestAborted)
        : throw new OvermindException(ErrorCode.UnsupportedMediaType, "This is for forms; programs sign in with POST /v1/auth/sign_in.");

    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidFormToken"/>.</exception>
    public static async Task ValidateAsync(HttpContext http)
    {
        try
        {
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException stale)
        {
            throw new OvermindException(ErrorCode.InvalidFormToken, "The page was open for too long. Reload it and try again.", inner: stale);
        }
    }

    public static void Lead(HttpContext http, string url)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = url;
    }
}
