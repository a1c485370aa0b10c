using Npgsql;

namespace Overmind.Postgres;

/// <summary>Connections of the request login, through the pooler where there is one. A type of its own: the program may have an <see cref="NpgsqlDataSource"/> for its own tables.</summary>
sealed record RequestDataSource(NpgsqlDataSource Connections);
