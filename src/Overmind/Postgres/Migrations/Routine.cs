namespace Overmind.Postgres.Migrations;

/// <summary>
/// A file of <c>db/routines/module/</c>: functions, triggers, views and policies, written so that it may be applied again.
/// </summary>
/// <param name="Path">Module and file name, as in <c>conversations/conversation_stats.sql</c>.</param>
/// <param name="Checksum">SHA-256 of the file, in hex. A changed file is applied again.</param>
/// <param name="Drops">Statements that take away what the file makes, last made first.</param>
sealed record Routine(string Path, string Sql, string Checksum, IReadOnlyList<string> Drops)
{
    /// <summary>How the name of a file of rows ends (<see cref="ShippedRows"/>), which is loaded in its place among the routines when it has changed.</summary>
    public const string RowsSuffix = ".tsv";

    public bool IsRows => Path.EndsWith(RowsSuffix, StringComparison.Ordinal);

    /// <summary>Applied before the migrations, which use them; never dropped.</summary>
    public bool IsFoundation => Path.StartsWith("foundation/", StringComparison.Ordinal);
}
