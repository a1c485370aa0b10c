using Overmind.Access;
using Overmind.Server.Http;
using Overmind.Tenancy;

namespace Overmind.Server.Tenancy;

/// <summary><c>/v1/preferences</c>: those of the person whose key it is.</summary>
sealed class PreferencesEndpoints(PreferencesService preferences)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/v1/preferences", GetAsync);
        routes.Patch("/v1/preferences", ChangeAsync);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await preferences.GetAsync(caller.Claims, http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new PreferencesPatch
        {
            Theme = body.Change("theme", body.Word<ConsoleTheme>),
            ShowDebugInfo = body.Change("show_debug_info", body.Flag),
            DefaultConversationTitle = body.Change("default_conversation_title", body.Text),
            AutoSave = body.Change("auto_save", body.Flag),
            KeyboardShortcutsEnabled = body.Change("keyboard_shortcuts_enabled", body.Flag),
            NotificationsEnabled = body.Change("notifications_enabled", body.Flag),
            MemoryForming = body.Change("memory_forming", body.Flag),
        };
        body.End();
        await WriteAsync(http, await preferences.ChangeAsync(caller.Claims, patch, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, Preferences preferences) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, preferences, ServerJson.Default.Preferences);
}
