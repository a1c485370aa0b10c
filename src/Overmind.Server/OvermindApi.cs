using Overmind.Access;
using Overmind.Server.Access;
using Overmind.Server.Agents;
using Overmind.Server.Audit;
using Overmind.Server.Conversations;
using Overmind.Server.Errors;
using Overmind.Server.Http;
using Overmind.Server.Jobs;
using Overmind.Server.Mcp;
using Overmind.Server.Memory;
using Overmind.Server.Models;
using Overmind.Server.Openai;
using Overmind.Server.Reference;
using Overmind.Server.Tenancy;
using Overmind.Server.Usage;

namespace Overmind.Server;

/// <summary>The HTTP API: its services and its routes.</summary>
public static class OvermindApi
{
    /// <summary>The API's services; the library's are there already (<see cref="OvermindLibrary"/>).</summary>
    /// <param name="requestsPerMinute">How many requests a minute an API key may make on this node; 0 for no limit.</param>
    public static IServiceCollection AddOvermindApi(this IServiceCollection services, int requestsPerMinute = 600_000)
    {
        services.AddSingleton(provider => new RateLimits(provider.GetRequiredService<TimeProvider>(), requestsPerMinute));
        services.AddSingleton<IdempotentRequests>();
        services.AddSingleton<FailedActs>();
        services.AddSingleton<AuditLogEndpoints>();
        services.AddSingleton<UsageEndpoints>();
        services.AddSingleton<CacheEndpoints>();
        services.AddSingleton<ConversationEndpoints>();
        services.AddSingleton<MessageEndpoints>();
        services.AddSingleton<ConversationGroupEndpoints>();
        services.AddSingleton<SearchEndpoints>();
        services.AddSingleton<ModerationEndpoints>();
        services.AddSingleton<AttachmentEndpoints>();
        services.AddSingleton<ShareEndpoints>();
        services.AddSingleton<TransferEndpoints>();
        services.AddSingleton<MessageVersionEndpoints>();
        services.AddSingleton<BranchEndpoints>();
        services.AddSingleton<ContextWindowEndpoints>();
        services.AddSingleton<ContextTemplateEndpoints>();
        services.AddSingleton<ConversationSessionEndpoints>();
        services.AddSingleton<MemoryEndpoints>();
        services.AddSingleton<MemorySearchEndpoints>();
        services.AddSingleton<DatastoreEndpoints>();
        services.AddSingleton<MemoryTransferEndpoints>();
        services.AddSingleton<ContextSnapshotEndpoints>();
        services.AddSingleton<RunEndpoints>();
        services.AddSingleton<ReplayEndpoints>();
        services.AddSingleton<RunEventStream>();
        services.AddSingleton<AgentEndpoints>();
        services.AddSingleton<WorkflowEndpoints>();
        services.AddSingleton<JobEndpoints>();
        services.AddSingleton<ApiKeyEndpoints>();
        services.AddSingleton<AuthEndpoints>();
        services.AddSingleton<SessionEndpoints>();
        services.AddSingleton<InvitationEndpoints>();
        services.AddSingleton<ModelProviderEndpoints>();
        services.AddSingleton<PriceEndpoints>();
        services.AddSingleton<ExchangeRateEndpoints>();
        services.AddSingleton<BudgetEndpoints>();
        services.AddSingleton<OrganizationSettingsEndpoints>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<PlaygroundEndpoints>();
        services.AddSingleton<ModelCompletion>();
        services.AddSingleton<WorkflowCompletion>();
        services.AddSingleton<ChatCompletionEndpoints>();
        services.AddSingleton<EmbeddingEndpoints>();
        services.AddSingleton<OpenaiModelEndpoints>();
        services.AddSingleton<PreferencesEndpoints>();
        services.AddSingleton<OrganizationEndpoints>();
        services.AddSingleton<MemberEndpoints>();
        services.AddSingleton<ProfileEndpoints>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<ScheduleEndpoints>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<WebhookDeliveryEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddMcp();
        return services;
    }

    /// <summary>
    /// The API in a program of one's own: <c>/v1</c>, <c>/openai/v1</c>, <c>/mcp</c>, <c>/.well-known/jwks.json</c>, <c>/health</c>, <c>/ready</c>, <c>/errors</c>, <c>/openapi</c> and <c>/reference</c>, with its errors, request
    /// ids and headers around these routes alone.
    /// </summary>
    public static void MapOvermind(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("");
        group.AddRequestPipeline(app.ServiceProvider);
        group.MapOvermindApi();
    }

    internal static void MapOvermindApi(this IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var routes = new ApiRoutes(app, services.GetRequiredService<CallerAuthenticator>(), services.GetRequiredService<RateLimits>(), services.GetRequiredService<IdempotentRequests>());
        services.GetRequiredService<ConversationEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<MessageEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<ConversationGroupEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<SearchEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead));
        services.GetRequiredService<ModerationEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<AttachmentEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<ShareEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        SharedEndpoints.Map(app);
        services.GetRequiredService<MessageVersionEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<BranchEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<ContextWindowEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<ContextTemplateEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<ConversationSessionEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<TransferEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead, ApiKeyScope.ConversationsWrite));
        services.GetRequiredService<MemoryEndpoints>().Map(routes.Of(ApiKeyScope.MemoriesRead, ApiKeyScope.MemoriesWrite));
        services.GetRequiredService<MemorySearchEndpoints>().Map(routes.Of(ApiKeyScope.MemoriesRead));
        services.GetRequiredService<MemoryTransferEndpoints>().Map(routes.Of(ApiKeyScope.MemoriesRead, ApiKeyScope.MemoriesWrite));
        services.GetRequiredService<DatastoreEndpoints>().Map(routes.Of(ApiKeyScope.MemoriesRead, ApiKeyScope.MemoriesWrite));
        services.GetRequiredService<ContextSnapshotEndpoints>().Map(routes.Of(ApiKeyScope.ConversationsRead));
        services.GetRequiredService<RunEndpoints>().Map(routes.Of(ApiKeyScope.RunsRead, ApiKeyScope.RunsRun));
        services.GetRequiredService<ReplayEndpoints>().Map(routes.Of(ApiKeyScope.RunsRead, ApiKeyScope.RunsRun));
        services.GetRequiredService<RunEventStream>().Map(routes.Of(ApiKeyScope.RunsRead));
        services.GetRequiredService<AgentEndpoints>().Map(routes.Of(ApiKeyScope.AgentsRead, ApiKeyScope.AgentsWrite));
        services.GetRequiredService<WorkflowEndpoints>().Map(routes.Of(ApiKeyScope.WorkflowsRead, ApiKeyScope.WorkflowsWrite));
        services.GetRequiredService<JobEndpoints>().Map(routes.Of(ApiKeyScope.JobsRead, ApiKeyScope.JobsWrite));
        services.GetRequiredService<ApiKeyEndpoints>().Map(routes.Of(ApiKeyScope.ApiKeysAdmin));
        services.GetRequiredService<AuthEndpoints>().Map(routes.Of(ApiKeyScope.SessionsAdmin));
        services.GetRequiredService<SessionEndpoints>().Map(routes.Of(ApiKeyScope.SessionsAdmin));
        services.GetRequiredService<InvitationEndpoints>().Map(routes.Of(ApiKeyScope.MembersAdmin));
        KeySetEndpoint.Map(app);
        services.GetRequiredService<ModelProviderEndpoints>().Map(routes.Of(ApiKeyScope.ModelsAdmin));
        services.GetRequiredService<PriceEndpoints>().Map(routes.Of(ApiKeyScope.ModelsRead, ApiKeyScope.ModelsAdmin));
        services.GetRequiredService<ExchangeRateEndpoints>().Map(routes.Of(ApiKeyScope.ModelsRead, ApiKeyScope.ModelsAdmin));
        services.GetRequiredService<UsageEndpoints>().Map(routes.Of(ApiKeyScope.UsageRead, ApiKeyScope.UsageAdmin));
        services.GetRequiredService<BudgetEndpoints>().Map(routes.Of(ApiKeyScope.UsageRead, ApiKeyScope.UsageAdmin));
        services.GetRequiredService<CacheEndpoints>().Map(routes.Of(ApiKeyScope.UsageRead, ApiKeyScope.UsageAdmin));
        services.GetRequiredService<OrganizationSettingsEndpoints>().Map(routes.Of(ApiKeyScope.OrganizationAdmin));
        services.GetRequiredService<PlaygroundEndpoints>().Map(routes.Of(ApiKeyScope.PlaygroundRun));
        services.GetRequiredService<ChatCompletionEndpoints>().Map(routes.Of(ApiKeyScope.PlaygroundRun));
        services.GetRequiredService<EmbeddingEndpoints>().Map(routes.Of(ApiKeyScope.PlaygroundRun));
        services.GetRequiredService<OpenaiModelEndpoints>().Map(routes.Of(ApiKeyScope.ModelsRead));
        services.GetRequiredService<PreferencesEndpoints>().Map(routes.Of(ApiKeyScope.ProfileRead, ApiKeyScope.ProfileWrite));
        services.GetRequiredService<OrganizationEndpoints>().Map(routes.Of(ApiKeyScope.OrganizationAdmin));
        services.GetRequiredService<MemberEndpoints>().Map(routes.Of(ApiKeyScope.MembersAdmin));
        services.GetRequiredService<ProfileEndpoints>().Map(routes.Of(ApiKeyScope.ProfileRead, ApiKeyScope.ProfileWrite));
        services.GetRequiredService<SubscriptionEndpoints>().Map(routes.Of(ApiKeyScope.SubscriptionsAdmin));
        services.GetRequiredService<ScheduleEndpoints>().Map(routes.Of(ApiKeyScope.SchedulesRead, ApiKeyScope.SchedulesWrite));
        services.GetRequiredService<WebhookEndpoints>().Map(routes.Of(ApiKeyScope.WebhooksAdmin));
        services.GetRequiredService<WebhookDeliveryEndpoints>().Map(routes.Of(ApiKeyScope.WebhooksAdmin));
        services.GetRequiredService<AuditLogEndpoints>().Map(routes.Of(ApiKeyScope.AuditAdmin));
        McpEndpoint.Map(app, routes.Of(ApiKeyScope.MemoriesRead));
        services.GetRequiredService<HealthEndpoints>().Map(app);
        ErrorPages.Map(app);
        OpenApiDocument.Map(app);
        OrganizationSettingsSchema.Map(app);
        ReferencePage.Map(app);
    }
}
