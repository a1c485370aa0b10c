using Npgsql;

namespace Overmind.Postgres;

/// <summary>Typed reading of columns that may be null, and of words and JSON.</summary>
static class RowReading
{
    public static T? Value<T>(this NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A timestamptz in UTC.</summary>
    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    public static JsonText Json(this NpgsqlDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    /// <summary>The enum member of a lower_snake word.</summary>
    public static T Word<T>(this NpgsqlDataReader row, int column)
        where T : struct, Enum =>
        LowerSnake.Read<T>(row.GetString(column)) ?? throw new InvalidOperationException($"{row.GetName(column)} holds an unknown word.");
}
