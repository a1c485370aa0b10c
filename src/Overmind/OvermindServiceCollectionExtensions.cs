using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Overmind.Access;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Jobs.Webhooks;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Offline;
using Overmind.Postgres;
using Overmind.Tenancy;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind;

/// <summary>Registers the library.</summary>
public static class OvermindServiceCollectionExtensions
{
    /// <summary>
    /// All services of the library as singletons. The caller registers what they stand on: the data source of requests
    /// (<see cref="Npgsql.NpgsqlDataSource"/>) and the <see cref="UnpooledDataSource"/>; with <see cref="AddDatabase"/> both.
    /// </summary>
    /// <param name="offlineTokensPerSecond">How fast the offline model writes; null for as fast as it can.</param>
    /// <param name="secrets">What encrypts the API keys of providers and the secrets of webhooks. Default: none, and none can be stored.</param>
    /// <param name="embedder">Which embedder is used. Default: the built-in one.</param>
    public static IServiceCollection AddOvermind(
        this IServiceCollection services, double? offlineTokensPerSecond = null, SecretCipher? secrets = null, EmbedderOptions? embedder = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Database>();
        services.TryAddSingleton<NotificationListener>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationListener>());
        services.TryAddSingleton(provider => ChatModels.WithOffline(
            new OfflineChatClient(provider.GetRequiredService<TimeProvider>(), offlineTokensPerSecond), provider.GetRequiredService<ProviderClients>()));
        services.TryAddSingleton(secrets ?? SecretCipher.None);
        services.TryAddSingleton<ModelProviderStore>();
        services.TryAddSingleton<ProviderClients>();
        services.TryAddSingleton<ModelProviderService>();
        services.TryAddSingleton(embedder ?? new EmbedderOptions());
        services.TryAddSingleton(provider => new EmbeddingModels(provider.GetRequiredService<EmbedderOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PreferencesStore>();
        services.TryAddSingleton<PreferencesService>();
        services.TryAddSingleton<JobStore>();
        services.TryAddSingleton<JobKinds>();
        services.TryAddSingleton<JobQueueStore>();
        services.TryAddSingleton<JobService>();
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<ConversationService>();
        services.TryAddSingleton<RunStore>();
        services.TryAddSingleton<RunWorkStore>();
        services.TryAddSingleton<SettledRuns>();
        services.TryAddSingleton<RunExecutor>();
        services.AddJob<PingHandler>(PingHandler.Options);
        services.AddJob<RunJobHandler>(RunJobHandler.Options);
        services.AddJob<ReplayJobHandler>(ReplayJobHandler.Options);
        services.TryAddSingleton<RunEventHub>();
        services.TryAddSingleton<RunService>();
        services.TryAddSingleton<ReplayStore>();
        services.TryAddSingleton<ReplayService>();
        services.AddSingleton<ConversationDeleted>(provider => (claims, conversationId, cancellationToken) =>
            provider.GetRequiredService<RunService>().CancelActiveAsync(claims, conversationId, cancellationToken));
        services.TryAddSingleton<AgentStore>();
        services.TryAddSingleton<AgentService>();
        services.TryAddSingleton<RetentionStore>();
        services.TryAddSingleton<WorkflowStore>();
        services.TryAddSingleton<WorkflowService>();
        services.TryAddSingleton<OrganizationSettingsStore>();
        services.TryAddSingleton<OrganizationSettingsService>();
        services.TryAddSingleton<PlaygroundStore>();
        services.TryAddSingleton<PlaygroundService>();
        services.AddJob<SettlePlaygroundCall>(SettlePlaygroundCall.Options);
        return services.AddSchedules().AddWebhooks().AddAccess();
    }

    /// <summary>The data sources of an opened database; it stays the caller's to dispose.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, OvermindDatabase database) =>
        services.AddSingleton(database.Requests).AddSingleton(new UnpooledDataSource(database.Direct));

    /// <summary>Lets this node work on jobs of all registered kinds (<see cref="JobServiceCollectionExtensions.AddJob"/>), runs among them.</summary>
    /// <param name="options">Default: 8 jobs at a time, leases of 15 s.</param>
    public static IServiceCollection AddOvermindWorker(this IServiceCollection services, JobWorkerOptions? options = null)
    {
        services.TryAddSingleton(options ?? new JobWorkerOptions());
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.AddHostedService<ScheduleDriver>();
        return services;
    }

            .AddInstallationJob<DeleteExpiredConversations>("conversations", "47 2 * * *")
    /// <summary>Schedules, and what the installation does by them: at odd minutes, when others do not begin.</summary>
    static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.TryAddSingleton<ScheduleStore>();
        services.TryAddSingleton<ScheduleService>();
        return services
            .AddInstallationJob<DeleteEndedJobs>("jobs", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<CountRunUses>("run_uses", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<CreatePartitions>("partitions", "17 3 * * *")
            .AddInstallationJob<DeleteExpiredIdempotencyKeys>("idempotency_keys", "23 * * * *")
            .AddInstallationJob<DeleteOldWebhookDeliveries>("webhook_deliveries", "37 4 * * *");
    }

    static IServiceCollection AddInstallationJob<THandler>(this IServiceCollection services, string name, string cron, JobKindOptions? options = null)
        where THandler : JobHandler<NoPayload>
    {
        var kind = JobKind.Of<THandler>(options ?? new JobKindOptions()).Name;
        return services.AddJob<THandler>(options).AddSingleton(new InstallationSchedule(name, cron, kind));
    }

    static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebhookOptions());
        services.TryAddSingleton<WebhookStore>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<WebhookService>();
        return services.AddJob<DeliverWebhook>(DeliverWebhook.Options);
    }

    static IServiceCollection AddAccess(this IServiceCollection services)
    {
        // It tells each lookup, with its key.
        services.AddLogging(logging => logging.AddFilter("ZiggyCreatures", LogLevel.Warning));
        // Entries are small; the limit only bounds a flood of them.
        services.AddFusionCache()
            .WithMemoryCache(_ => new MemoryCache(new MemoryCacheOptions { SizeLimit = 100_000 }))
            .WithDefaultEntryOptions(entry => entry.SetSize(1));
        services.TryAddSingleton<ApiKeyStore>();
        services.TryAddSingleton<ApiKeyAuthenticator>();
        services.TryAddSingleton<ApiKeyService>();
        services.AddHostedService<ApiKeyUsageWriter>();
        services.TryAddSingleton<PasswordHasher>();
        services.TryAddSingleton<SignInStore>();
        services.TryAddSingleton<SignInBackOff>();
        services.TryAddSingleton<SignInService>();
        services.TryAddSingleton<DataProtectionKeyStore>();
        services.TryAddSingleton<IdempotencyStore>();
        return services;
    }
}
