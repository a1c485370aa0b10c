namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>How far a migration of the embeddings is: the current one, or the last.</summary>
/// <param name="Percent">Of the texts those that have their vector of the new model (running), or have it where it stays (moving).</param>
/// <param name="PerSecond">Vectors made a second; null: none yet.</param>
/// <param name="SecondsLeft">Until all have theirs, at that rate; null: it is not known.</param>
/// <param name="Error">Why it does not get on.</param>
sealed record MigrationProgress(
    Guid Id, string From, string To, int ToDimensions, MigrationState State, double Percent, long Embedded, double? PerSecond, double? SecondsLeft, string? Error,
    DateTime? FailedAt, DateTime StartedAt, DateTime? SwitchedAt, DateTime? EndedAt)
{
    public bool HasEnded => EndedAt is not null;
}
