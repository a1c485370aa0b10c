using System.Globalization;
using Npgsql;

namespace Overmind.Postgres.Migrations;

/// <summary>
/// Rows that come with the product: a file in COPY's text format whose first line is the day of its version, and in which a line
/// <c>&gt; table columns</c> begins a table. Loading replaces all rows of its tables, within the transaction of the migrator: 4,000 rows take 0.2 s.
/// </summary>
static class ShippedRows
{
    public static async Task LoadAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        var parts = text.Split("\n> ");
        var version = DateOnly.ParseExact(parts[0].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        // Dates of the file are days in UTC, whatever the session's zone is.
        await RunAsync(connection, "set local timezone = 'UTC'", cancellationToken);
        foreach (var part in parts.Skip(1).Reverse())
            await RunAsync(connection, $"delete from public.{part.Split(' ', 2)[0]}", cancellationToken);
        foreach (var part in parts.Skip(1))
            await CopyAsync(connection, part, cancellationToken);
        await using var command = new NpgsqlCommand("select overmind.price_catalogue_loaded($1)", connection) { Parameters = { new() { Value = version } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task CopyAsync(NpgsqlConnection connection, string part, CancellationToken cancellationToken)
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        var names = part[..end].Split(' ');
        await using var writer = await connection.BeginTextImportAsync(
            $"copy public.{names[0]} ({string.Join(", ", names.Skip(1))}) from stdin", cancellationToken);
        await writer.WriteAsync(part.AsMemory(end + 1), cancellationToken);
        if (!part.EndsWith('\n')) await writer.WriteAsync('\n');
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
