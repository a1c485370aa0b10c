namespace Overmind.Postgres.Migrations;

/// <summary>The schema cannot be brought to the version of this program; the message names the file and says what to do. Nothing is half-applied.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);
