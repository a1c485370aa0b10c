using Overmind.Access;
using Overmind.Access.Accounts;
using Overmind.Access.Invitations;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary>
/// The console's forms for people who are not signed in: signing up, a forgotten password, and what links in mails lead to. Each leads on to a page (303);
/// what went wrong stands in its address as <c>error=</c> with a code of the catalogue.
/// </summary>
static class AccountFormEndpoints
{
    public static void MapAccountForms(this WebApplication app)
    {
        Map(app, "/sign-up", async (http, form) =>
        {
            await Accounts(http).SignUpAsync(form["email"].ToString(), form["name"].ToString(), http.Origin(), http.RequestAborted);
            return "/sign-up?sent=true";
        });
        Map(app, "/forgot-password", async (http, form) =>
        {
            await Accounts(http).ForgotPasswordAsync(form["email"].ToString(), http.Origin(), http.RequestAborted);
            return "/forgot-password?sent=true";
        });
        Map(app, "/reset-password", async (http, form) =>
        {
            await Accounts(http).ResetPasswordAsync(form["token"].ToString(), form["password"].ToString(), http.Origin(), http.RequestAborted);
            return "/sign-in?done=password";
        });
        Map(app, "/verify-email", async (http, form) =>
        {
            await Accounts(http).VerifyEmailAsync(form["token"].ToString(), http.RequestAborted);
            return "/sign-in?done=email";
        });
        Map(app, "/confirm", async (http, form) =>
        {
            var token = form["token"].ToString();
            var asked = await Accounts(http).FindSignUpAsync(token, http.RequestAborted);
            var name = Text(form, "name") ?? asked.Name;
            var claims = await Accounts(http).ConfirmSignUpAsync(token, name, form["password"].ToString(), http.Origin(), http.RequestAborted);
            await SignInEndpoints.SignInAsync(http, new Member(claims, name), asked.Email);
            return "/";
        });
        Map(app, "/invitation", async (http, form) =>
        {
            var token = form["token"].ToString();
            var invitations = http.RequestServices.GetRequiredService<InvitationService>();
            var invitation = await invitations.OpenAsync(token, http.RequestAborted);
            var signedIn = MemberPrincipal.Claims(http.User);
            var claims = await invitations.AcceptAsync(token, Text(form, "name"), Text(form, "password"), signedIn, http.Origin(), http.RequestAborted);
            await SignInEndpoints.SignInAsync(http, new Member(claims, Text(form, "name") ?? invitation.Email), invitation.Email);
            return "/";
        });
    }

    // Before the pages of the same addresses, which are there for GET.
    static void Map(WebApplication app, string path, Func<HttpContext, IFormCollection, Task<string>> act) => app.MapMethods(path, [HttpMethods.Post], async http =>
    {
        var form = await AccountForm.ReadAsync(http);
        try
        {
            await AccountForm.ValidateAsync(http);
            AccountForm.Lead(http, await act(http, form));
        }
        catch (OvermindException refused)
        {
            var query = QueryString.Create("error", ErrorCatalogue.Word(refused.Code));
            if (refused.Param is { } param)
                query = query.Add("param", param);
            if (Text(form, "token") is { } token)
                query = query.Add("token", token);
            AccountForm.Lead(http, path + query);
        }
    }).WithOrder(-1);

    static AccountService Accounts(HttpContext http) => http.RequestServices.GetRequiredService<AccountService>();

    static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
}
