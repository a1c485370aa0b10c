namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>Which model is searched, and how far its replacement is.</summary>
/// <param name="Active">As <c>provider/model</c>; null: nothing was ever embedded.</param>
sealed record MigrationStatus(string? Active, int? ActiveDimensions, IReadOnlyList<VectorCounts> Texts, MigrationProgress? Migration);
