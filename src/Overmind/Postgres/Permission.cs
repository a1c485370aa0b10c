using System.Text.Json.Serialization;

namespace Overmind.Postgres;

/// <summary>What a member may do. A role is a bundle of them, and some can be given to single members; docs/security.md has the table.</summary>
[JsonConverter(typeof(LowerSnakeEnum<Permission>))]
public enum Permission
{
    [JsonStringEnumMemberName("content.read")]
    [Permission(OrganizationRole.Viewer, "read what is one's own or shared with the organization; keep one's profile, preferences and sessions")]
    ContentRead,

    [JsonStringEnumMemberName("content.write")]
    [Permission(OrganizationRole.User, "write conversations, runs, agents, workflows, jobs and schedules, and API keys of one's own")]
    ContentWrite,

    [JsonStringEnumMemberName("content.manage")]
    [Permission(OrganizationRole.Admin, "read, change and delete what belongs to others; see the workers")]
    ContentManage,

    [JsonStringEnumMemberName("organization.manage")]
    [Permission(OrganizationRole.Admin, "name, slug, features, settings and budgets of the organization; cancel it and take that back", IsGrantable = true)]
    OrganizationManage,

    [JsonStringEnumMemberName("organization.delete")]
    [Permission(OrganizationRole.Admin, "delete the organization")]
    OrganizationDelete,

    [JsonStringEnumMemberName("members.manage")]
    [Permission(OrganizationRole.Admin, "invite, rename and remove members, and give the roles user and viewer", IsGrantable = true)]
    MembersManage,

    [JsonStringEnumMemberName("members.grant")]
    [Permission(OrganizationRole.Admin, "give and take the role admin and the permissions that can be granted")]
    MembersGrant,

    [JsonStringEnumMemberName("subscriptions.manage")]
    [Permission(OrganizationRole.Admin, "see and change the tiers of members", IsGrantable = true)]
    SubscriptionsManage,

    [JsonStringEnumMemberName("models.manage")]
    [Permission(OrganizationRole.Admin, "connect, change, test and remove model providers; set prices and exchange rates, and price usage anew", IsGrantable = true)]
    ModelsManage,

    [JsonStringEnumMemberName("webhooks.manage")]
    [Permission(OrganizationRole.Admin, "see, add, change, test and delete webhooks", IsGrantable = true)]
    WebhooksManage,

    [JsonStringEnumMemberName("audit.read")]
    [Permission(OrganizationRole.Admin, "read the audit log", IsGrantable = true)]
    AuditRead,

    [JsonStringEnumMemberName("moderation.review")]
    [Permission(OrganizationRole.Admin, "see messages that moderation has flagged, blocked or not settled yet, whosever they are, and approve or block them", IsGrantable = true)]
    ModerationReview,
}
