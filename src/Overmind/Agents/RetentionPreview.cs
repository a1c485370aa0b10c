namespace Overmind.Agents;

/// <summary>What <see cref="OrganizationSettings.DataRetentionDays"/> would delete. In JSON as it stands here, in snake_case.</summary>
public sealed record RetentionPreview
{
    /// <summary>Always <c>retention.preview</c>.</summary>
    public string Object { get; } = "retention.preview";

    public required int DataRetentionDays { get; init; }

    /// <summary>How many of the conversations that one sees have had no activity for so many days.</summary>
    public required long ConversationCount { get; init; }
}
