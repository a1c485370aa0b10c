using System.Text.Json.Serialization;

namespace Overmind.Access;

/// <summary>
/// What an API key may do: <c>read</c> content, <c>write</c> it, <c>run</c> what makes a model work or costs money, <c>admin</c> what administers organization
/// and account. A scope that names a module (<c>jobs.read</c>) is the part of it there; docs/security.md has the routes of each. None includes another but
/// those four their parts.
/// </summary>
[JsonConverter(typeof(LowerSnakeEnum<ApiKeyScope>))]
public enum ApiKeyScope
{
    Read,
    Write,
    Run,
    Admin,

    [JsonStringEnumMemberName("conversations.read")]
    ConversationsRead,

    [JsonStringEnumMemberName("conversations.write")]
    ConversationsWrite,

    [JsonStringEnumMemberName("memories.read")]
    MemoriesRead,

    [JsonStringEnumMemberName("memories.write")]
    MemoriesWrite,

    [JsonStringEnumMemberName("runs.read")]
    RunsRead,

    [JsonStringEnumMemberName("runs.run")]
    RunsRun,

    [JsonStringEnumMemberName("playground.run")]
    PlaygroundRun,

    [JsonStringEnumMemberName("agents.read")]
    AgentsRead,

    [JsonStringEnumMemberName("agents.write")]
    AgentsWrite,

    [JsonStringEnumMemberName("workflows.read")]
    WorkflowsRead,

    [JsonStringEnumMemberName("workflows.write")]
    WorkflowsWrite,

    [JsonStringEnumMemberName("jobs.read")]
    JobsRead,

    [JsonStringEnumMemberName("jobs.write")]
    JobsWrite,

    [JsonStringEnumMemberName("jobs.run")]
    JobsRun,

    [JsonStringEnumMemberName("jobs.admin")]
    JobsAdmin,

    [JsonStringEnumMemberName("schedules.read")]
    SchedulesRead,

    [JsonStringEnumMemberName("schedules.write")]
    SchedulesWrite,

    [JsonStringEnumMemberName("schedules.run")]
    SchedulesRun,

    [JsonStringEnumMemberName("models.read")]
    ModelsRead,

    [JsonStringEnumMemberName("models.run")]
    ModelsRun,

    [JsonStringEnumMemberName("models.admin")]
    ModelsAdmin,

    [JsonStringEnumMemberName("profile.read")]
    ProfileRead,

    [JsonStringEnumMemberName("profile.write")]
    ProfileWrite,

    [JsonStringEnumMemberName("sessions.admin")]
    SessionsAdmin,

    [JsonStringEnumMemberName("api_keys.admin")]
    ApiKeysAdmin,

    [JsonStringEnumMemberName("organization.admin")]
    OrganizationAdmin,

    [JsonStringEnumMemberName("members.admin")]
    MembersAdmin,

    [JsonStringEnumMemberName("subscriptions.admin")]
    SubscriptionsAdmin,

    [JsonStringEnumMemberName("webhooks.admin")]
    WebhooksAdmin,

    [JsonStringEnumMemberName("audit.admin")]
    AuditAdmin,

    [JsonStringEnumMemberName("usage.read")]
    UsageRead,

    [JsonStringEnumMemberName("usage.admin")]
    UsageAdmin,
}
