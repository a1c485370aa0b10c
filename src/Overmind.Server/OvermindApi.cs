using Overmind.Access;
using Overmind.Server.Access;
using Overmind.Server.Agents;
using Overmind.Server.Conversations;
using Overmind.Server.Errors;
using Overmind.Server.Http;

namespace Overmind.Server;

/// <summary>The HTTP API: its services and its routes.</summary>
static class OvermindApi
{
    public static IServiceCollection AddOvermindApi(this IServiceCollection services)
    {
        services.AddSingleton<IdempotentRequests>();
        services.AddSingleton<ConversationEndpoints>();
        services.AddSingleton<MessageEndpoints>();
        services.AddSingleton<RunEndpoints>();
        services.AddSingleton<RunEventStream>();
        services.AddSingleton<AgentEndpoints>();
        services.AddSingleton<ApiKeyEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        return services;
    }

    public static void MapOvermindApi(this WebApplication app)
    {
        var services = app.Services;
        var routes = new ApiRoutes(app, services.GetRequiredService<ApiKeyAuthenticator>(), services.GetRequiredService<IdempotentRequests>());
        services.GetRequiredService<ConversationEndpoints>().Map(routes);
        services.GetRequiredService<MessageEndpoints>().Map(routes);
        services.GetRequiredService<RunEndpoints>().Map(routes);
        services.GetRequiredService<RunEventStream>().Map(routes);
        services.GetRequiredService<AgentEndpoints>().Map(routes);
        services.GetRequiredService<ApiKeyEndpoints>().Map(routes);
        services.GetRequiredService<HealthEndpoints>().Map(app);
        ErrorPages.Map(app);
        OpenApiDocument.Map(app);
    }
}
