namespace Overmind.Postgres.Migrations;

/// <summary>A versioned step of the schema: <c>db/migrations/NNNN_module_what.sql</c> and the <c>.down.sql</c> beside it that undoes it.</summary>
/// <param name="Version">The number in the file's name, from 1 without gaps.</param>
/// <param name="Module">The module whose tables it changes.</param>
/// <param name="Name">The file's name without <c>.sql</c>.</param>
/// <param name="Checksum">SHA-256 of the up file, in hex. An applied migration whose file changed is refused.</param>
sealed record Migration(int Version, string Module, string Name, string Up, string Down, string Checksum);
