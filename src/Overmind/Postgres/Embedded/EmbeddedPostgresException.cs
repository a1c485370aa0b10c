namespace Overmind.Postgres.Embedded;

/// <summary>The private PostgreSQL cannot be installed, created or started.</summary>
/// <param name="message">One line: what is wrong.</param>
/// <param name="remedy">One line: what to do about it.</param>
public sealed class EmbeddedPostgresException(string message, string remedy) : Exception(message)
{
    /// <summary>The remedy that always exists: a database the operator runs.</summary>
    public const string UseYourOwn = "or set OVERMIND_DATABASE_URL to a PostgreSQL 15 or later with pgvector 0.8 or later";

    /// <summary>One line that says what to do.</summary>
    public string Remedy { get; } = remedy;
}
