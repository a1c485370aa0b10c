namespace Overmind.Client;

/// <summary>By what messages are moderated before they are stored.</summary>
public sealed record ModerationSettings
{
    public IReadOnlyList<ModerationPattern> Patterns { get; init; } = [];

    public PersonalDataRules PersonalData { get; init; } = new();

    /// <summary>Null: however long.</summary>
    public ModerationSize? Size { get; init; }

    /// <summary>The webhook endpoint that is asked about what no rule has found anything in; null: nobody is.</summary>
    public Guid? HookEndpointId { get; init; }

    /// <summary>Whether models have what the hook has not answered about yet.</summary>
    public bool PendingReachesModels { get; init; } = true;
}
