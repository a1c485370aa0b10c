using Overmind.Jobs;

namespace Overmind.WebConsole.Jobs;

/// <summary>What the page of jobs shows, as its address says it.</summary>
public sealed record JobsQuery
{
    public string? Kind { get; init; }

    public JobStatus? Status { get; init; }

    /// <summary>Stands somewhere in the job.</summary>
    public string? Text { get; init; }

    public JobsSpan Span { get; init; } = JobsSpan.All[0];

    /// <summary>The last job of the page before.</summary>
    public Guid? After { get; init; }

    /// <summary>What does not make sense in an address is left out.</summary>
    public static JobsQuery Of(string? kind, string? status, string? text, string? span, Guid? after) => new()
    {
        Kind = Given(kind),
        Status = LowerSnake.Read<JobStatus>(status ?? ""),
        Text = Given(text),
        Span = JobsSpan.Of(span),
        After = after,
    };

    public bool IsFiltered => Filter != new JobFilter();

    public JobFilter Filter => new() { Kind = Kind, Status = Status, Text = Text };

    /// <summary>The page's address, from the console's root.</summary>
    public string Address
    {
        get
        {
            (string Name, string? Value)[] parts =
            [
                ("kind", Kind), ("status", Status is { } status ? LowerSnake.Write(status) : null), ("text", Text),
                ("span", Span == JobsSpan.All[0] ? null : Span.Key), ("after", After?.ToString()),
            ];
            var given = parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}").ToList();
            return given.Count == 0 ? "jobs" : $"jobs?{string.Join('&', given)}";
        }
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : StoredText.Clean(text.Trim());
}
