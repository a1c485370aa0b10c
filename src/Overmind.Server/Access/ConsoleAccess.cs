using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Overmind.Access;
using Overmind.Access.Sessions;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary>
/// How the console knows who is there: a cookie that scripts cannot read and other sites cannot send with a POST. It stands for a row of
/// <c>sessions</c>, with organization, person and role; they are compared with the database at most a minute after they were last, and at once when a
/// session ends.
/// </summary>
static class ConsoleAccess
{
    public static IServiceCollection AddConsoleAccess(this IServiceCollection services, Guid installationId)
    {
        // Browsers tell cookies of two ports of one host apart by name only.
        var name = $"overmind_{installationId.ToString("N")[^8..]}";
        // It warns that the key ring is not encrypted; docs/security.md says who can read it.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddDataProtection().SetApplicationName("overmind");
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeyStore>((options, store) => options.XmlRepository = store);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = name + "_form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // One policy for all responses is set with the other headers.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = name;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = new SignInOptions().CookieLifetime;
            options.SlidingExpiration = true;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "return_url";
            options.Events.OnValidatePrincipal = ValidateAsync;
        });
        services.AddAuthorization();
        return services;
    }

    /// <summary>For everything but the API, which takes keys alone: a cookie would let other sites write through it.</summary>
    public static void UseConsoleAccess(this WebApplication app)
    {
        // Else the framework puts both before all requests by itself.
        foreach (var middleware in new[] { "__AuthenticationMiddlewareSet", "__AuthorizationMiddlewareSet" })
            ((IApplicationBuilder)app).Properties[middleware] = true;
        app.UseWhen(
            http => !http.Request.Path.IsApi(),
            console => console.UseAuthentication().UseAuthorization().UseAntiforgery().Use(NoteOriginAsync));
    }

    // A page lives on after its request and has nothing of it but the person: where they are goes along, for the audit log.
    static Task NoteOriginAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity?.IsAuthenticated == true)
            http.User.AddIdentity(new ClaimsIdentity(
                [new("origin_ip", http.Connection.RemoteIpAddress?.ToString() ?? ""), new("origin_user_agent", http.Request.Headers.UserAgent.ToString())]));
        return next(http);
    }

    static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var claims = MemberPrincipal.Claims(context.Principal!);
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionAuthenticator>();
        if (claims is null || MemberPrincipal.SessionId(context.Principal!) is not { } session
            || await sessions.FindAsync(session, claims.UserId!.Value, claims.OrganizationId, context.HttpContext.RequestAborted) is not { } now)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
            return;
        }
        if (now == claims)
            return;
        context.ReplacePrincipal(MemberPrincipal.With(context.Principal!, now));
        context.ShouldRenew = true;
    }
}
