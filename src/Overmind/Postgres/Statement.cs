namespace Overmind.Postgres;

/// <summary>One SQL statement and its positional parameters (<c>$1</c>, <c>$2</c>, …). Null is sent as SQL NULL; cast it in the SQL.</summary>
public sealed record Statement(string Sql, params object?[] Parameters);
