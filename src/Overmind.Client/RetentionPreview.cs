namespace Overmind.Client;

/// <summary>What <see cref="OrganizationSettings.DataRetentionDays"/> would delete.</summary>
public sealed record RetentionPreview
{
    public required int DataRetentionDays { get; init; }

    /// <summary>How many conversations have had no activity for so many days.</summary>
    public required long ConversationCount { get; init; }
}
