using System.Text.Json;
using Overmind.Access;
using Overmind.Agents.Completions;
using Overmind.Server.Http;

namespace Overmind.Server.Openai;

/// <summary><c>/openai/v1/models</c>: what may be named as <c>model</c>.</summary>
sealed class OpenaiModelEndpoints(CompletionModels models)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/openai/v1/models", ListAsync);
        // The rest of the path: names hold slashes.
        routes.Get("/openai/v1/models/{**model}", GetAsync);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await models.ListAsync(caller.Claims, MayRun(caller), http.RequestAborted), Write);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        // Clients escape the slash, which a path keeps as it came.
        var id = Uri.UnescapeDataString((string)http.Request.RouteValues["model"]!);
        await http.WriteJsonAsync(StatusCodes.Status200OK, await models.GetAsync(caller.Claims, id, MayRun(caller), http.RequestAborted), Write);
    }

    static bool MayRun(Caller caller) => caller.Scopes.Include(ApiKeyScope.RunsRun);

    static void Write(Utf8JsonWriter writer, IReadOnlyList<CompletionModel> all)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var model in all) Write(writer, model);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, CompletionModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, model.Id);
        writer.WriteString("object"u8, "model"u8);
        // Providers do not say; clients want a number.
        writer.WriteNumber("created"u8, model.CreatedAt?.ToUnixTimeSeconds() ?? 0);
        writer.WriteString("owned_by"u8, model.OwnedBy);
        writer.WriteEndObject();
    }
}
