using System.Text.Json.Serialization;
using Overmind.Access;
using Overmind.Access.Invitations;
using Overmind.Access.Sessions;
using Overmind.Agents;
using Overmind.Audit;
using Overmind.Conversations;
using Overmind.Conversations.Attachments;
using Overmind.Conversations.Moderation;
using Overmind.Conversations.Sharing;
using Overmind.Conversations.Templates;
using Overmind.Conversations.Transfers;
using Overmind.Jobs;
using Overmind.Jobs.Schedules;
using Overmind.Jobs.Webhooks;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Models;
using Overmind.Server.Access;
using Overmind.Server.Agents;
using Overmind.Server.Conversations;
using Overmind.Server.Jobs;
using Overmind.Server.Memory;
using Overmind.Server.Models;
using Overmind.Server.Usage;
using Overmind.Tenancy;
using Overmind.Usage;
using Overmind.Usage.Budgets;
using Overmind.Usage.Cache;

namespace Overmind.Server.Http;

/// <summary>How resources are written: generated at build time, snake_case, null members included.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(DeletedResponse))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationWithMessages))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(ListResponse<Conversation>))]
[JsonSerializable(typeof(ListResponse<Message>))]
[JsonSerializable(typeof(ConversationGroupsResponse))]
[JsonSerializable(typeof(ChangedConversations))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(ModeratedMessage))]
[JsonSerializable(typeof(ListResponse<ModeratedMessage>))]
[JsonSerializable(typeof(Attachment))]
[JsonSerializable(typeof(ListResponse<Attachment>))]
[JsonSerializable(typeof(ShareWithToken))]
[JsonSerializable(typeof(ListResponse<Share>))]
[JsonSerializable(typeof(SharedConversation))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(MemoryItem))]
[JsonSerializable(typeof(MemorySearchResponse))]
[JsonSerializable(typeof(ListResponse<MemoryItem>))]
[JsonSerializable(typeof(ListResponse<MemoryVersion>))]
[JsonSerializable(typeof(MemoryStats))]
[JsonSerializable(typeof(DeletedMemories))]
[JsonSerializable(typeof(Datastore))]
[JsonSerializable(typeof(ListResponse<Datastore>))]
[JsonSerializable(typeof(MemoryConsolidation))]
[JsonSerializable(typeof(MemoryPruning))]
[JsonSerializable(typeof(MemoryImportResult))]
[JsonSerializable(typeof(MessageVersion))]
[JsonSerializable(typeof(ListResponse<MessageVersion>))]
[JsonSerializable(typeof(MessageDiff))]
[JsonSerializable(typeof(ContextWindow))]
[JsonSerializable(typeof(PrunedWindow))]
[JsonSerializable(typeof(ContextSnapshot))]
[JsonSerializable(typeof(ContextTemplate))]
[JsonSerializable(typeof(ListResponse<ContextTemplate>))]
[JsonSerializable(typeof(ListResponse<ContextTemplateVersion>))]
[JsonSerializable(typeof(RenderedTemplate))]
[JsonSerializable(typeof(Branch))]
[JsonSerializable(typeof(ListResponse<Branch>))]
[JsonSerializable(typeof(ListResponse<TreeNode>))]
[JsonSerializable(typeof(ConversationSession))]
[JsonSerializable(typeof(ListResponse<ConversationSession>))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(ApiKeyWithToken))]
[JsonSerializable(typeof(ListResponse<ApiKey>))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(SessionTokens))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(EndedSessions))]
[JsonSerializable(typeof(ListResponse<Session>))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(ListResponse<Invitation>))]
[JsonSerializable(typeof(ServerStatus))]
[JsonSerializable(typeof(ListResponse<Agent>))]
[JsonSerializable(typeof(ListResponse<PublicAgent>))]
[JsonSerializable(typeof(ListResponse<Workflow>))]
[JsonSerializable(typeof(ListResponse<PublicWorkflow>))]
[JsonSerializable(typeof(WorkflowDiff))]
[JsonSerializable(typeof(ModelProvider))]
[JsonSerializable(typeof(ModelProviderTest))]
[JsonSerializable(typeof(ListResponse<ModelProvider>))]
[JsonSerializable(typeof(ModelListResponse))]
[JsonSerializable(typeof(Price))]
[JsonSerializable(typeof(ListResponse<Price>))]
[JsonSerializable(typeof(ExchangeRate))]
[JsonSerializable(typeof(ListResponse<ExchangeRate>))]
[JsonSerializable(typeof(Budget))]
[JsonSerializable(typeof(ListResponse<Budget>))]
[JsonSerializable(typeof(BudgetSubjectsResponse))]
[JsonSerializable(typeof(CacheEntry))]
[JsonSerializable(typeof(ListResponse<CacheEntry>))]
[JsonSerializable(typeof(CacheHit))]
[JsonSerializable(typeof(CacheSavings))]
[JsonSerializable(typeof(InvalidatedResponse))]
[JsonSerializable(typeof(Repricing))]
[JsonSerializable(typeof(UnpricedModelsResponse))]
[JsonSerializable(typeof(OverLimitResponse))]
[JsonSerializable(typeof(JobItem))]
[JsonSerializable(typeof(ListResponse<JobItem>))]
[JsonSerializable(typeof(JobStats))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(BulkChange))]
[JsonSerializable(typeof(ListResponse<WorkerItem>))]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(RetentionPreview))]
[JsonSerializable(typeof(AuditRetentionPreview))]
[JsonSerializable(typeof(PlaygroundEvent))]
[JsonSerializable(typeof(Preferences))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(ListResponse<Membership>))]
[JsonSerializable(typeof(OrganizationMember))]
[JsonSerializable(typeof(ListResponse<OrganizationMember>))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Trait))]
[JsonSerializable(typeof(ListResponse<Trait>))]
[JsonSerializable(typeof(ListResponse<SubscriptionTier>))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(Schedule))]
[JsonSerializable(typeof(ListResponse<Schedule>))]
[JsonSerializable(typeof(NextRuns))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(WebhookEndpoint))]
[JsonSerializable(typeof(WebhookEndpointWithSecret))]
[JsonSerializable(typeof(ListResponse<WebhookEndpoint>))]
[JsonSerializable(typeof(AuditLog))]
[JsonSerializable(typeof(ListResponse<AuditLog>))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(ListResponse<WebhookDelivery>))]
sealed partial class ServerJson : JsonSerializerContext;
