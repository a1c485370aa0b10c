using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Overmind.Access;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Server.Http;

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
        var form = await AccountForm.ReadAsync(http);
        var returnUrl = form["return_url"].ToString();
        try
        {
            await AccountForm.ValidateAsync(http);
            var email = form["email"].ToString();
            var signIn = http.RequestServices.GetRequiredService<SignInService>();
            var member = await signIn.VerifyAsync(email, form["password"].ToString(), http.Origin(), http.RequestAborted);
            await SignInAsync(http, member, email.Trim());
            AccountForm.Lead(http, IsLocal(returnUrl) ? returnUrl : "/");
        }
        catch (OvermindException refused)
        {
            var query = QueryString.Create("error", ErrorCatalogue.Word(refused.Code));
            AccountForm.Lead(http, "/sign-in" + (IsLocal(returnUrl) ? query.Add("return_url", returnUrl) : query));
        }
    }

    /// <summary>Starts a session for this browser and gives it its cookie.</summary>
    public static async Task SignInAsync(HttpContext http, Member member, string email)
    {
        var session = await http.RequestServices.GetRequiredService<SessionService>().StartWebAsync(member.Claims, http.Origin(), http.RequestAborted);
        await http.SignInAsync(MemberPrincipal.Of(member, email, session), new AuthenticationProperties { IsPersistent = true });
    }

    static async Task SignOutAsync(HttpContext http)
    {
        await AccountForm.ReadAsync(http);
        await AccountForm.ValidateAsync(http);
        if (MemberPrincipal.Claims(http.User) is { } claims && MemberPrincipal.SessionId(http.User) is { } session)
            await EndAsync(http, claims, session);
        await http.SignOutAsync();
        AccountForm.Lead(http, "/sign-in");
    }

    // Whoever is no member of what they ask for stays where they are.
    static async Task SwitchAsync(HttpContext http)
    {
        var form = await AccountForm.ReadAsync(http);
        await AccountForm.ValidateAsync(http);
        if (MemberPrincipal.Claims(http.User) is { } claims
            && MemberPrincipal.SessionId(http.User) is { } session
            && Guid.TryParse(form["organization_id"], out var organization)
            && await http.RequestServices.GetRequiredService<SessionService>().SwitchAsync(claims, session, organization, http.RequestAborted) is { } member)
            await http.SignInAsync(
                MemberPrincipal.Of(member, http.User.FindFirstValue(ClaimTypes.Email) ?? "", session), new AuthenticationProperties { IsPersistent = true });
        AccountForm.Lead(http, "/");
    }

    static async Task EndAsync(HttpContext http, Overmind.Postgres.Claims claims, Guid session)
    {
        try
        {
            await http.RequestServices.GetRequiredService<SessionService>().RevokeAsync(claims with { Origin = http.Origin() }, session, isSignOut: true, http.RequestAborted);
        }
        catch (OvermindException gone) when (gone.Code is ErrorCode.SessionNotFound)
        {
            // It was ended from another device meanwhile.
        }
    }

    // A path of this server, and nothing that a browser takes for another host.
    static bool IsLocal(string url) =>
        url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\') && !url.Any(char.IsControl)
        && Uri.IsWellFormedUriString(url, UriKind.Relative);
}
