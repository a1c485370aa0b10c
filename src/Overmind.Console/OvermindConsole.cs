using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Overmind.Agents;
using Overmind.WebConsole.Access;
using Overmind.WebConsole.Conversations;
using Overmind.WebConsole.Layout;
using Overmind.WebConsole.Settings;
using Overmind.Conversations;

namespace Overmind.WebConsole;

/// <summary>Registers the web console and its pages.</summary>
public static class OvermindConsole
{
    /// <summary>What the console needs besides the library: rendering, and the member who is signed in.</summary>
    /// <param name="installationId">The first organization: its admins run the installation, and see what is not any organization's.</param>
    public static IServiceCollection AddOvermindConsole(this IServiceCollection services, Guid installationId)
    {
        services.AddSingleton(new Installation(installationId));
        services.AddRazorComponents().AddInteractiveServerComponents();
        // A question of 1 MiB arrives as one message, each character escaped at worst.
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 8 * NewMessage.MaxBytes);
        services.AddCascadingAuthenticationState();
        services.AddMudServices();
        services.AddSingleton<OverviewStore>();
        services.AddScoped<AuthenticationStateProvider, MemberRevalidation>();
        services.AddScoped<SignedInMember>();
        services.AddScoped<DeniedPages>();
        services.AddScoped<RecentConversations>();
        services.AddScoped<MemberPreferences>();
        return services;
    }

    /// <summary>
    /// The console at <c>/</c>. Everything but the sign-in asks for the default authentication; needs authentication, authorization
    /// and antiforgery in the pipeline before it.
    /// </summary>
    public static RazorComponentsEndpointConventionBuilder MapOvermindConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets(StaticAssetsManifest()).AllowAnonymous();
        var pages = endpoints.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        pages.RequireAuthorization();
        endpoints.MapGet(ConversationExport.Path, ConversationExport.WriteAsync).RequireAuthorization();
        // Any other address of a page; those of the API answer for themselves.
        endpoints.MapGet(@"{*path:regex(^(?!(?:v1|openai)(?:/|$)).*)}", () => new RazorComponentResult<NotFoundDocument> { StatusCode = StatusCodes.Status404NotFound })
            .AllowAnonymous()
            .WithOrder(int.MaxValue);
        return pages;
    }

    /// <summary>The program's own list of files (the default); a host that was not built for the web has the server's beside it.</summary>
    static string? StaticAssetsManifest() =>
        File.Exists(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()?.GetName().Name}.staticwebassets.endpoints.json"))
            ? null
            : "Overmind.Server.staticwebassets.endpoints.json";
}
