namespace Overmind.Postgres;

/// <summary>Which database, and by which way requests reach it.</summary>
public sealed record OvermindDatabaseOptions
{
    /// <summary>
    /// Npgsql connection string, straight to the server. Its login either owns the database (then the schema is brought up to date and a
    /// request login is made) or is a request login itself (then it is used as it is).
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// Npgsql connection string of a transaction pooler for requests. A user name in it is used as it is; without one the request login's is.
    /// Null (default): requests go straight to the server.
    /// </summary>
    public string? PooledConnectionString { get; init; }
}
