using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// Connections of the request login straight to the server, for what belongs to a session: LISTEN and advisory locks.
/// Behind a pooler in transaction mode neither works.
/// </summary>
public sealed record UnpooledDataSource(NpgsqlDataSource Connections);
