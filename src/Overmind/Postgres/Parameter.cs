using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Overmind.Postgres;

/// <summary>
/// Parameters that may be null, typed: the statement needs no casts, and is the same prepared one with a null and without (an untyped null has
/// another type, and Npgsql has such a statement parsed and planned each time).
/// </summary>
static class Parameter
{
    public static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Texts(IReadOnlyList<string>? values) => Of(NpgsqlDbType.Array | NpgsqlDbType.Text, values?.ToArray());

    public static NpgsqlParameter Uuids(IReadOnlyList<Guid>? values) => Of(NpgsqlDbType.Array | NpgsqlDbType.Uuid, values?.ToArray());

    public static NpgsqlParameter Double(double? value) => Of(NpgsqlDbType.Double, value);

    public static NpgsqlParameter Integer(int? value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Boolean(bool? value) => Of(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Numeric(decimal? value) => Of(NpgsqlDbType.Numeric, value);

    public static NpgsqlParameter Uuid(Guid? value) => Of(NpgsqlDbType.Uuid, value);

    public static NpgsqlParameter Time(DateTimeOffset? value) => Of(NpgsqlDbType.TimestampTz, value?.UtcDateTime);

    /// <summary>Pairs of text as a JSON object, to be cast by the statement.</summary>
    public static string? Json(IReadOnlyDictionary<string, string>? pairs)
    {
        if (pairs is null)
            return null;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in pairs)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
