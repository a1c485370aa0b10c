using System.CommandLine;
using Overmind.Client;

namespace Overmind.Cli.Audit;

/// <summary>Which acts a verb is about.</summary>
static class AuditLogOptions
{
    public static readonly Option<Guid?> User = new("--user") { Description = "Only what this member did", HelpName = "id" };

    public static readonly Option<string?> Event = new("--event") { Description = "Only what happened, as api_key.created", HelpName = "event" };

    public static readonly Option<string?> Action = new("--action") { Description = "Only create, read, update, delete, execute, login or logout", HelpName = "action" };

    public static readonly Option<string?> ResourceType = new("--resource-type") { Description = "Only what was done to such things, as api_key", HelpName = "type" };

    public static readonly Option<string?> Resource = new("--resource") { Description = "Only what was done to this one", HelpName = "id" };

    public static readonly Option<string?> Status = new("--status") { Description = "Only success, or only failure", HelpName = "status" };

    public static AuditLogFilter Filter(ParseResult parsed) => new()
    {
        UserId = parsed.GetValue(User),
        EventType = parsed.GetValue(Event),
        Action = parsed.GetValue(Action),
        ResourceType = parsed.GetValue(ResourceType),
        ResourceId = parsed.GetValue(Resource),
        Status = parsed.GetValue(Status),
    };
}
