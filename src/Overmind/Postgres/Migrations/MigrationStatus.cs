namespace Overmind.Postgres.Migrations;

/// <summary>Where a migration stands in a database.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Module">The module whose tables it changes.</param>
/// <param name="Name">The file's name without <c>.sql</c>.</param>
/// <param name="AppliedAt">When it was applied; null when it is pending.</param>
sealed record MigrationStatus(int Version, string Module, string Name, DateTimeOffset? AppliedAt);
