using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Audit;

/// <summary>Acts, a line each.</summary>
static class AuditLogTable
{
    public static Table Of(IReadOnlyList<AuditLog> logs)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Act", "When", "Event", "Status", "Who", "Resource", "From");
        foreach (var log in logs)
            table.AddRow(
                log.Id.ToString(), $"{log.CreatedAt:yyyy-MM-dd HH:mm:ss}Z", Markup.Escape(log.EventType), log.Status,
                Markup.Escape(log.UserName ?? log.UserId?.ToString() ?? "–"), Markup.Escape(log.ResourceId ?? "–"), Markup.Escape(log.IpAddress ?? "–"));
        return table;
    }
}
