using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Overmind.Access;
using Overmind.Access.Accounts;
using Overmind.Access.ExternalIdentities;
using Overmind.Access.Invitations;
using Overmind.Access.Mail;
using Overmind.Access.Sessions;
using Overmind.Agents;
using Overmind.Agents.Completions;
using Overmind.Agents.Forming;
using Overmind.Audit;
using Overmind.Conversations;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Search;
using Overmind.Conversations.Sharing;
using Overmind.Conversations.Templates;
using Overmind.Conversations.Exchanges;
using Overmind.Conversations.Transfers;
using Overmind.Conversations.Vectors;
using Overmind.Conversations.Vectors.Migrations;
using Overmind.Files;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Jobs.Webhooks;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Memory.Forming;
using Overmind.Memory.Recall;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Offline;
using Overmind.Postgres;
using Overmind.Tenancy;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind;

/// <summary>Registers what <see cref="OvermindLibrary.AddOvermind"/> is made of.</summary>
static class OvermindServiceCollectionExtensions
{
    /// <summary>All services of the library as singletons, over what is registered of the database: <see cref="Database"/> and <see cref="UnpooledDataSource"/>.</summary>
    /// <param name="cipher">What encrypts the API keys of providers and the secrets of webhooks.</param>
    public static IServiceCollection AddOvermindServices(this IServiceCollection services, OvermindOptions options, SecretCipher cipher)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NotificationListener>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationListener>());
        services.TryAddSingleton(provider => ChatModels.WithOffline(
            new OfflineChatClient(provider.GetRequiredService<TimeProvider>(), options.OfflineTokensPerSecond), provider.GetRequiredService<ProviderClients>()));
        services.TryAddSingleton(cipher);
        services.TryAddSingleton<AuditLogStore>();
        services.TryAddSingleton<AuditLogService>();
        services.TryAddSingleton<AuditSealStore>();
        services.TryAddSingleton<AuditRetentionStore>();
        services.TryAddSingleton(options.Audit);
        services.AddHostedService<AuditSealer>();
        services.TryAddSingleton<UsageStore>();
        services.TryAddSingleton<UsageService>();
        services.TryAddSingleton<UsageFoldStore>();
        services.AddHostedService<UsageFolder>();
        services.TryAddSingleton<CacheStore>();
        services.TryAddSingleton<ResponseCache>();
        services.TryAddSingleton<CachedModels>();
        services.TryAddSingleton<CacheEntryStore>();
        services.TryAddSingleton<CacheSavingsStore>();
        services.TryAddSingleton<CacheService>();
        services.TryAddSingleton<ModelProviderStore>();
        services.TryAddSingleton<ProviderClients>();
        services.TryAddSingleton<ModelProviderService>();
        services.TryAddSingleton(options.Embedder);
        services.TryAddSingleton(provider => new EmbeddingModels(provider.GetRequiredService<EmbedderOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<VectorStore>();
        services.TryAddSingleton<MigrationStore>();
        services.TryAddSingleton(provider => new TextEmbedder(
            provider.GetRequiredService<VectorStore>(), provider.GetRequiredService<EmbeddingModels>(), provider.GetRequiredService<LedgerEmbedding>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new QueryEmbedder(provider.GetRequiredService<TextEmbedder>(), provider.GetRequiredService<ILogger<QueryEmbedder>>()));
        services.TryAddSingleton<MemorySearchStore>();
        services.TryAddSingleton<MemorySearchService>();
        services.TryAddSingleton<PreferencesStore>();
        services.TryAddSingleton<PreferencesService>();
        services.AddTenancy();
        services.TryAddSingleton(options.Webhooks);
        services.TryAddSingleton<JobStore>();
        services.TryAddSingleton<JobKinds>();
        services.TryAddSingleton<JobQueueStore>();
        services.TryAddSingleton<JobService>();
        services.TryAddSingleton<FileStore>();
        services.TryAddSingleton<AttachmentStore>();
        services.TryAddSingleton<AttachmentService>();
        services.TryAddSingleton<MessageAttachments>();
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<MessageTokens>();
        services.TryAddSingleton<ContextWindowStore>();
        services.TryAddSingleton<ContextWindowService>();
        services.TryAddSingleton<ConversationService>();
        services.TryAddSingleton<ContextTemplateStore>();
        services.TryAddSingleton<ContextTemplateService>();
        services.TryAddSingleton<ConversationGroupStore>();
        services.TryAddSingleton<ConversationGroupService>();
        services.TryAddSingleton<ArchiveStore>();
        services.TryAddSingleton<SearchStore>();
        services.TryAddSingleton<SearchService>();
        services.TryAddSingleton<IndexStore>();
        services.TryAddSingleton<ModerationStore>();
        services.TryAddSingleton(provider => new Moderator(
            provider.GetRequiredService<ModerationStore>(), provider.GetRequiredService<IFusionCache>(), provider.GetRequiredService<NotificationListener>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ModerationService>();
        services.AddJob<ModerateMessage>(ModerateMessage.Options);
        services.TryAddSingleton<ShareStore>();
        services.TryAddSingleton<ShareService>();
        services.TryAddSingleton<ExchangeService>();
        services.TryAddSingleton<TransferStore>();
        services.TryAddSingleton<ImportService>();
        services.TryAddSingleton<ExportService>();
        services.TryAddSingleton<BranchStore>();
        services.TryAddSingleton<BranchService>();
        services.TryAddSingleton<MessageVersionStore>();
        services.TryAddSingleton<MessageVersionService>();
        services.TryAddSingleton<ConversationSessionStore>();
        services.TryAddSingleton<ConversationSessionService>();
        services.TryAddSingleton<MemoryStore>();
        services.TryAddSingleton<MemoryVersionStore>();
        services.TryAddSingleton<MemoryService>();
        services.TryAddSingleton<DatastoreStore>();
        services.TryAddSingleton<DatastoreService>();
        services.TryAddSingleton<MemoryDecayStore>();
        services.TryAddSingleton<MemoryDecayService>();
        services.TryAddSingleton<MemoryTransferStore>();
        services.TryAddSingleton<MemoryExportService>();
        services.TryAddSingleton<MemoryImportService>();
        services.TryAddSingleton<RunStore>();
        services.TryAddSingleton<RunStartStore>();
        services.TryAddSingleton<ContextSnapshotStore>();
        services.TryAddSingleton<ContextSnapshotService>();
        services.TryAddSingleton<CallPrices>();
        services.TryAddSingleton<PriceStore>();
        services.TryAddSingleton<PriceService>();
        services.TryAddSingleton<BudgetGate>();
        services.TryAddSingleton<BudgetStore>();
        services.TryAddSingleton<BudgetService>();
        services.TryAddSingleton<ExchangeRateStore>();
        services.TryAddSingleton<ExchangeRateService>();
        services.TryAddSingleton<RepriceStore>();
        services.TryAddSingleton<RepriceService>();
        services.TryAddSingleton<RunWorkStore>();
        services.TryAddSingleton<RunExecutor>();
        services.AddJob<PingHandler>(PingHandler.Options);
        services.AddJob<RunJobHandler>(RunJobHandler.Options);
        services.AddJob<ReplayJobHandler>(ReplayJobHandler.Options);
        services.AddJob<SummarizeConversation>(SummarizeConversation.Options);
        services.TryAddSingleton<MemoryRecall>();
        services.TryAddSingleton<ConsolidationStore>();
        services.TryAddSingleton<ConsolidationService>();
        services.TryAddSingleton<FormingStore>();
        services.TryAddSingleton<KnownMemories>();
        services.TryAddSingleton<RuledForming>();
        services.TryAddSingleton<ModelledForming>();
        services.AddJob<FormMemories>(FormMemories.Options);
        services.AddJob<MoveBudgetJobs>(MoveBudgetJobs.Options);
        services.TryAddSingleton<RunEventHub>();
        services.TryAddSingleton<SettledRuns>();
        services.TryAddSingleton<QuestionAttachments>();
        services.TryAddSingleton<RunStarter>();
        services.TryAddSingleton<RunService>();
        services.TryAddSingleton<ReplayStore>();
        services.TryAddSingleton<ReplayService>();
        services.AddSingleton<ConversationDeleted>(provider => (claims, conversationId, cancellationToken) =>
            provider.GetRequiredService<RunService>().CancelActiveAsync(claims, conversationId, cancellationToken));
        services.TryAddSingleton<AgentStore>();
        services.TryAddSingleton<AgentService>();
        services.TryAddSingleton<WorkflowStore>();
        services.TryAddSingleton<WorkflowService>();
        services.TryAddSingleton<OrganizationSettingsStore>();
        services.TryAddSingleton<OrganizationSettingsService>();
        services.TryAddSingleton<RetentionStore>();
        services.TryAddSingleton<PlaygroundStore>();
        services.TryAddSingleton<PlaygroundService>();
        services.TryAddSingleton<CompletionService>();
        services.TryAddSingleton<CompletionModels>();
        services.TryAddSingleton<CompletionRuns>();
        services.TryAddSingleton<EmbeddingService>();
        services.TryAddSingleton<LedgerCall>(provider => new SingleCalls(
            provider.GetRequiredService<PlaygroundStore>(), provider.GetRequiredService<TimeProvider>()).MakeAsync);
        services.TryAddSingleton<LedgerEmbedding>(provider => new SingleEmbeddings(
            provider.GetRequiredService<PlaygroundStore>(), provider.GetRequiredService<TimeProvider>()).MakeAsync);
        return services.AddSchedules().AddWebhooks().AddAccess(options);
    }

    /// <summary>Lets this node work on jobs of all registered kinds (<see cref="JobServiceCollectionExtensions.AddJob"/>), runs among them.</summary>
    public static IServiceCollection AddOvermindWorker(this IServiceCollection services, JobWorkerOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.AddHostedService<ScheduleDriver>();
        return services;
    }

    /// <summary>Schedules, and what the installation does by them: at odd minutes, when others do not begin.</summary>
    static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.TryAddSingleton<ScheduleStore>();
        services.TryAddSingleton<ScheduleService>();
        return services
            .AddInstallationJob<DeleteEndedJobs>("jobs", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<CountRunUses>("run_uses", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<DeleteExpiredCache>("response_cache", "*/10 * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<SettleAbandonedCalls>("abandoned_calls", "*/5 * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<CreatePartitions>("partitions", "17 3 * * *")
            .AddInstallationJob<DeleteExpiredConversations>("conversations", "47 2 * * *")
            .AddInstallationJob<PurgeAttachments>("attachments", "17 4 * * *")
            .AddInstallationJob<DeleteUnusedFiles>("files", "57 4 * * *")
            .AddInstallationJob<ArchiveStaleConversations>("conversation_archive", "27 2 * * *")
            .AddInstallationJob<ForgetMemories>("memories", "57 2 * * *")
            .AddInstallationJob<ConsolidateMemories>("memory_consolidation", "17 2 * * *", ConsolidateMemories.Options)
            .AddInstallationJob<CountShareViews>("share_views", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<CountTemplateUses>("template_uses", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<IndexTexts>("search", "*/10 * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<EmbedTexts>("embeddings", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<MigrateTexts>("embedding_migration", "* * * * *", MigrateTexts.Options)
            .AddInstallationJob<DeleteOldVectors>("embedding_cache", "33 3 * * *")
            .AddInstallationJob<CountMemoryUses>("memory_uses", "* * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<DeleteExpiredAuditLogs>("audit_logs", "7 4 * * *")
            .AddInstallationJob<RollSubscriptions>("subscriptions", "*/10 * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<EndOrganizations>("organizations", "7 * * * *")
            .AddInstallationJob<DeleteExpiredIdempotencyKeys>("idempotency_keys", "23 * * * *")
            .AddInstallationJob<AbandonSessions>("conversation_sessions", "*/5 * * * *", new JobKindOptions { KeepCompleted = TimeSpan.Zero })
            .AddInstallationJob<DeleteEndedSessions>("sessions", "13 * * * *")
            .AddInstallationJob<DeleteOldWebhookDeliveries>("webhook_deliveries", "37 4 * * *");
    }

    static IServiceCollection AddInstallationJob<THandler>(this IServiceCollection services, string name, string cron, JobKindOptions? options = null)
        where THandler : JobHandler<NoPayload>
    {
        var kind = JobKind.Of<THandler>(options ?? new JobKindOptions()).Name;
        return services.AddJob<THandler>(options).AddSingleton(new InstallationSchedule(name, cron, kind));
    }

    static void AddTenancy(this IServiceCollection services)
    {
        services.TryAddSingleton<OrganizationStore>();
        services.TryAddSingleton<OrganizationService>();
        services.TryAddSingleton<OrganizationOperationsStore>();
        services.TryAddSingleton<OrganizationOperations>();
        services.TryAddSingleton<MemberStore>();
        services.TryAddSingleton<MemberService>();
        services.TryAddSingleton<ProfileStore>();
        services.TryAddSingleton<ProfileService>();
        services.TryAddSingleton<SubscriptionStore>();
        services.TryAddSingleton<SubscriptionService>();
    }

    static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookStore>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<WebhookService>();
        return services.AddJob<DeliverWebhook>(DeliverWebhook.Options);
    }

    static IServiceCollection AddAccess(this IServiceCollection services, OvermindOptions options)
    {
        // It tells each lookup, with its key.
        services.AddLogging(logging => logging.AddFilter("ZiggyCreatures", LogLevel.Warning));
        // Entries are small; the limit only bounds a flood of them. Nothing has a tag: finding out whether something of a tag was removed is done once for each tag by the
        // thread pool, for which a look-up that does not wait would wait. A server that had just begun stood still for eleven seconds where sixteen clients came at once.
        services.AddFusionCache()
            .WithOptions(cache => cache.DisableTagging = true)
            .WithMemoryCache(_ => new MemoryCache(new MemoryCacheOptions { SizeLimit = 100_000 }))
            .WithDefaultEntryOptions(entry => entry.SetSize(1));
        services.TryAddSingleton<ApiKeyStore>();
        services.TryAddSingleton<ApiKeyAuthenticator>();
        services.TryAddSingleton<ApiKeyService>();
        services.AddHostedService<ApiKeyUsageWriter>();
        services.TryAddSingleton<AccessViewStore>();
        services.TryAddSingleton<AccessViewService>();
        services.TryAddSingleton<PasswordHasher>();
        services.TryAddSingleton<FirstOrganization>();
        services.TryAddSingleton<SignInStore>();
        services.TryAddSingleton<SignInBackOff>();
        services.TryAddSingleton<SignInService>();
        services.TryAddSingleton<DataProtectionKeyStore>();
        services.TryAddSingleton<IdempotencyStore>();
        services.TryAddSingleton(options.Sessions);
        services.TryAddSingleton(options.Accounts);
        services.TryAddSingleton(options.Mail);
        services.TryAddSingleton(options.ExternalIdentities);
        services.TryAddSingleton<SessionStore>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddSingleton<ExternalIdentityService>();
        services.TryAddSingleton<SessionAuthenticator>();
        services.TryAddSingleton<CallerAuthenticator>();
        services.TryAddSingleton<SessionService>();
        services.TryAddSingleton<AddressLimit>();
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<AccountService>();
        services.TryAddSingleton<InvitationStore>();
        services.TryAddSingleton<InvitationService>();
        services.TryAddSingleton<ConsoleAddress>();
        services.TryAddSingleton<Outbox>();
        services.TryAddSingleton<MailSender>();
        return services.AddJob<SendMail>(SendMail.Options);
    }
}
