using Overmind.Audit;

namespace Overmind.WebConsole.Audit;

/// <summary>What the page of the audit log shows, as its address says it.</summary>
public sealed record AuditQuery
{
    /// <summary>As <c>api_key.created</c>, or only <c>api_key</c>: whatever happened to such things.</summary>
    public string? Event { get; init; }

    public AuditAction? Action { get; init; }

    public AuditStatus? Status { get; init; }

    public Guid? UserId { get; init; }

    /// <summary>What it was done to.</summary>
    public string? Resource { get; init; }

    /// <summary>The last act of the page before.</summary>
    public Guid? After { get; init; }

    /// <summary>What does not make sense in an address is left out.</summary>
    public static AuditQuery Of(string? @event, string? action, string? status, Guid? user, string? resource, Guid? after) => new()
    {
        Event = Given(@event),
        Action = LowerSnake.Read<AuditAction>(action ?? ""),
        Status = LowerSnake.Read<AuditStatus>(status ?? ""),
        UserId = user,
        Resource = Given(resource),
        After = after,
    };

    public bool IsFiltered => Filter != AuditLogFilter.All;

    public AuditLogFilter Filter => new()
    {
        EventType = Event?.Contains('.') == true ? Event : null,
        ResourceType = Event?.Contains('.') == false ? Event : null,
        Action = Action,
        Status = Status,
        UserId = UserId,
        ResourceId = Resource,
    };

    /// <summary>The page's address, from the console's root.</summary>
    public string Address => Link(null);

    /// <summary>The same with an act opened.</summary>
    public string Link(Guid? act)
    {
        (string Name, string? Value)[] parts =
        [
            ("event", Event), ("action", Action is { } action ? LowerSnake.Write(action) : null), ("status", Status is { } status ? LowerSnake.Write(status) : null),
            ("user", UserId?.ToString()), ("resource", Resource), ("after", After?.ToString()), ("act", act?.ToString()),
        ];
        var given = parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}").ToList();
        return given.Count == 0 ? "audit" : $"audit?{string.Join('&', given)}";
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : StoredText.Clean(text.Trim());
}
