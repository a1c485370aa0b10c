using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Overmind.Client;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NewConversation))]
[JsonSerializable(typeof(ConversationChanges))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(ConversationWithMessages))]
[JsonSerializable(typeof(NewMessage))]
[JsonSerializable(typeof(Page<Message>))]
[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(NewDecision))]
[JsonSerializable(typeof(NewReplay))]
[JsonSerializable(typeof(Page<StepReplay>))]
[JsonSerializable(typeof(RunComparison))]
[JsonSerializable(typeof(Page<Run>))]
[JsonSerializable(typeof(Page<RunStep>))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(ApiKeyRotation))]
[JsonSerializable(typeof(ApiKeyWithToken))]
[JsonSerializable(typeof(Page<ApiKey>))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(NewSignIn))]
[JsonSerializable(typeof(SessionTokens))]
[JsonSerializable(typeof(EndedSessions))]
[JsonSerializable(typeof(Page<Session>))]
[JsonSerializable(typeof(NewInvitation))]
[JsonSerializable(typeof(Page<Invitation>))]
[JsonSerializable(typeof(NewAgent))]
[JsonSerializable(typeof(AgentChanges))]
[JsonSerializable(typeof(Page<Agent>))]
[JsonSerializable(typeof(Page<PublicAgent>))]
[JsonSerializable(typeof(NewWorkflow))]
[JsonSerializable(typeof(WorkflowChanges))]
[JsonSerializable(typeof(Page<Workflow>))]
[JsonSerializable(typeof(Page<PublicWorkflow>))]
[JsonSerializable(typeof(WorkflowDiff))]
[JsonSerializable(typeof(NewCopy))]
[JsonSerializable(typeof(NewRating))]
[JsonSerializable(typeof(NewModelProvider))]
[JsonSerializable(typeof(ModelProviderChanges))]
[JsonSerializable(typeof(ModelProviderTest))]
[JsonSerializable(typeof(Page<ModelProvider>))]
[JsonSerializable(typeof(NewPrice))]
[JsonSerializable(typeof(PriceChanges))]
[JsonSerializable(typeof(Page<Price>))]
[JsonSerializable(typeof(RepriceRequest))]
[JsonSerializable(typeof(Repricing))]
[JsonSerializable(typeof(UnpricedModelList))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(OrganizationSettingsChanges))]
[JsonSerializable(typeof(RetentionPreview))]
[JsonSerializable(typeof(AuditRetentionPreview))]
[JsonSerializable(typeof(NewPlaygroundCall))]
[JsonSerializable(typeof(PlaygroundAnswer))]
[JsonSerializable(typeof(Preferences))]
[JsonSerializable(typeof(PreferencesChanges))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(OrganizationChanges))]
[JsonSerializable(typeof(OrganizationStatusChange))]
[JsonSerializable(typeof(NewOrganization))]
[JsonSerializable(typeof(Page<Membership>))]
[JsonSerializable(typeof(Page<Member>))]
[JsonSerializable(typeof(MemberChanges))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(ProfileChanges))]
[JsonSerializable(typeof(Page<Trait>))]
[JsonSerializable(typeof(NewTrait))]
[JsonSerializable(typeof(Page<SubscriptionTier>))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(TierChange))]
[JsonSerializable(typeof(NewJob))]
[JsonSerializable(typeof(JobFilter))]
[JsonSerializable(typeof(Page<Job>))]
[JsonSerializable(typeof(JobStats))]
[JsonSerializable(typeof(JobChange))]
[JsonSerializable(typeof(Page<Worker>))]
[JsonSerializable(typeof(NewSchedule))]
[JsonSerializable(typeof(ScheduleChanges))]
[JsonSerializable(typeof(Page<Schedule>))]
[JsonSerializable(typeof(NextRuns))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(NewWebhookEndpoint))]
[JsonSerializable(typeof(WebhookEndpointChanges))]
[JsonSerializable(typeof(WebhookEndpointWithSecret))]
[JsonSerializable(typeof(Page<WebhookEndpoint>))]
[JsonSerializable(typeof(Page<WebhookDelivery>))]
[JsonSerializable(typeof(Page<AuditLog>))]
sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>The body of a change: what is set, and null for what is to be cleared.</summary>
    public static byte[] Changes<T>(T changes, JsonTypeInfo<T> type, IReadOnlyList<string> clear)
    {
        var body = JsonSerializer.SerializeToNode(changes, type)!.AsObject();
        foreach (var member in clear)
            body[member] = null;
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
