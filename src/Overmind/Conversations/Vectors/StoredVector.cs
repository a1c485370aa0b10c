using System.Globalization;
using System.Text;
using Npgsql;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors;

/// <summary>A vector as it stands beside its text, with the model that made it.</summary>
sealed record StoredVector(ModelReference Model, ReadOnlyMemory<float> Vector)
{
    /// <summary>As PostgreSQL reads a vector.</summary>
    public string Literal => Write(Vector.Span);

    /// <summary>Vector, provider and name, to be cast by the statement; nulls where there is none.</summary>
    public static NpgsqlParameter[] Parameters(StoredVector? vector) =>
        [Parameter.Text(vector?.Literal), Parameter.Text(vector?.Model.Provider), Parameter.Text(vector?.Model.Model)];

    public static string Write(ReadOnlySpan<float> vector)
    {
        var text = new StringBuilder(vector.Length * 12).Append('[');
        foreach (var value in vector)
            text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"{value:R}");
        return text.Append(']').ToString();
    }
}
