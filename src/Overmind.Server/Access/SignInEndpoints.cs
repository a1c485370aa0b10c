using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Audit;

namespace Overmind.Server.Access;

/// <summary>
/// <c>POST /sign-in</c>, <c>POST /sign-out</c> and <c>POST /switch-organization</c>, sent by the console's forms. All lead on to a page (303); what went wrong stands in its
/// address as <c>error=</c> with a code of the catalogue.
/// </summary>
static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        // Before the console's pages of the same address, which are there for GET.
        app.MapMethods("/sign-in", [HttpMethods.Post], SignInAsync).WithOrder(-1);
        app.MapMethods("/sign-out", [HttpMethods.Post], SignOutAsync).WithOrder(-1);
        app.MapMethods("/switch-organization", [HttpMethods.Post], SwitchAsync);
    }

    static async Task SignInAsync(HttpContext http)
    {
        var form = await ReadFormAsync(http);
        var returnUrl = form["return_url"].ToString();
        try
        {
            await ValidateAsync(http);
            var email = form["email"].ToString();
            var signIn = http.RequestServices.GetRequiredService<SignInService>();
            var member = await signIn.SignInAsync(email, form["password"].ToString(), http.Origin(), http.RequestAborted);
            await http.SignInAsync(MemberPrincipal.Of(member, email.Trim()), new AuthenticationProperties { IsPersistent = true });
            Lead(http, IsLocal(returnUrl) ? returnUrl : "/");
        }
        catch (OvermindException refused)
        {
            var query = QueryString.Create("error", ErrorCatalogue.Word(refused.Code));
            Lead(http, "/sign-in" + (IsLocal(returnUrl) ? query.Add("return_url", returnUrl) : query));
        }
    }

    static async Task SignOutAsync(HttpContext http)
    {
        await ReadFormAsync(http);
        await ValidateAsync(http);
        if (MemberPrincipal.Claims(http.User) is { } claims)
            await http.RequestServices.GetRequiredService<SignInService>().SignedOutAsync(claims, http.Origin(), http.RequestAborted);
        await http.SignOutAsync();
        Lead(http, "/sign-in");
    }

    // Whoever is no member of what they ask for stays where they are.
    static async Task SwitchAsync(HttpContext http)
    {
        var form = await ReadFormAsync(http);
        await ValidateAsync(http);
        if (MemberPrincipal.Claims(http.User) is { } claims
            && Guid.TryParse(form["organization_id"], out var organization)
            && await http.RequestServices.GetRequiredService<SignInService>().SwitchAsync(claims, organization, http.RequestAborted) is { } member)
            await http.SignInAsync(
                MemberPrincipal.Of(member, http.User.FindFirstValue(ClaimTypes.Email) ?? ""), new AuthenticationProperties { IsPersistent = true });
        Lead(http, "/");
    }

    static Task<IFormCollection> ReadFormAsync(HttpContext http) => http.Request.HasFormContentType
        ? http.Request.ReadFormAsync(http.RequestAborted)
        : throw new OvermindException(ErrorCode.UnsupportedMediaType, "This is for forms; the API takes keys: see /v1/me.");

    static async Task ValidateAsync(HttpContext http)
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

    static void Lead(HttpContext http, string url)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = url;
    }

    // A path of this server, and nothing that a browser takes for another host.
    static bool IsLocal(string url) =>
        url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\') && !url.Any(char.IsControl)
        && Uri.IsWellFormedUriString(url, UriKind.Relative);
}
