using System.Text;
using Npgsql;

namespace Overmind.Postgres;

/// <summary>
/// Several rows for one statement: <c>($1::uuid, $2::text), ($3::uuid, $4::text)</c>. Arrays and <c>unnest</c> would be shorter, but on Citus
/// an INSERT … SELECT from a set-returning function does not pass row-level security.
/// </summary>
/// <param name="types">The columns' SQL types.</param>
sealed class RowValues(params string[] types)
{
    readonly StringBuilder _text = new();
    readonly List<object?> _parameters = [];

    /// <summary>Adds a row; null is SQL NULL.</summary>
    public void Add(params object?[] row)
    {
        if (row.Length != types.Length) throw new ArgumentException($"A row has {types.Length} columns, not {row.Length}.", nameof(row));
        _text.Append(_parameters.Count == 0 ? "(" : ", (");
        for (var i = 0; i < row.Length; i++)
        {
            // Typed, as those of Parameter are.
            _parameters.Add(new NpgsqlParameter { DataTypeName = types[i], Value = row[i] ?? DBNull.Value });
            _text.Append(i == 0 ? "$" : ", $").Append(_parameters.Count).Append("::").Append(types[i]);
        }

        _text.Append(')');
    }

    /// <param name="sql">The statement around the rows.</param>
    public Statement Statement(Func<string, string> sql) => new(sql(_text.ToString()), [.. _parameters]);
}
