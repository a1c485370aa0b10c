using Microsoft.Extensions.Logging;
using Npgsql;

namespace Overmind.Bench.Floor;

/// <summary>The statements of one batch as the product sent them, read from Npgsql's log: the floor runs these and no copy of them.</summary>
/// <param name="Statements">From the claims on, each with its parameters as text; null is SQL NULL.</param>
sealed record CapturedBatch(IReadOnlyList<(string Sql, IReadOnlyList<string?> Parameters)> Statements)
{
    /// <summary>Runs something that sends one batch through the data source it is given.</summary>
    public static async Task<CapturedBatch> OfAsync(string connectionString, Func<NpgsqlDataSource, Task> operation)
    {
        using var log = new BatchLog();
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        await using var dataSource = new NpgsqlDataSourceBuilder(connectionString).UseLoggerFactory(factory).EnableParameterLogging().Build();
        await operation(dataSource);
        return log.Batches.Count == 1
            ? log.Batches[0]
            : throw new InvalidOperationException($"The operation took {log.Batches.Count} round trips; the floor is made of one.");
    }

    sealed class BatchLog : ILoggerProvider, ILogger
    {
        public List<CapturedBatch> Batches { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name != "ExecutingBatchWithParameters" || state is not IEnumerable<KeyValuePair<string, object?>> values)
                return;
            var commands = (IEnumerable<(string Text, IEnumerable<object> Parameters)>)values.Single(value => value.Key == "BatchCommands").Value!;
            Batches.Add(new CapturedBatch([.. commands.Select(command => (command.Text, (IReadOnlyList<string?>)[.. command.Parameters.Select(Text)]))]));
        }

        public void Dispose()
        {
        }

        // Npgsql writes NULL for DBNull and quotes nothing.
        static string? Text(object parameter) => parameter.ToString() is "NULL" or null ? null : parameter.ToString();
    }
}
