namespace Overmind.Postgres.Migrations;

/// <summary>What a migrator did.</summary>
/// <param name="Migrations">Names of the migrations it applied or undid, in that order.</param>
/// <param name="Routines">Paths of the routines it applied.</param>
public sealed record MigrationReport(IReadOnlyList<string> Migrations, IReadOnlyList<string> Routines)
{
    /// <summary>The schema was as it should be; nothing was written.</summary>
    public bool IsEmpty => Migrations.Count == 0 && Routines.Count == 0;
}
