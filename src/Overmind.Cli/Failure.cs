using Npgsql;
using Overmind.Client;
using Overmind.Errors;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Postgres.Migrations;

namespace Overmind.Cli;

/// <summary>Says what went wrong: one line what, one line what to do; or the same as JSON.</summary>
static class Failure
{
    /// <summary>Returns the exit code.</summary>
    public static int Report(OutputFormat format, Exception failure)
    {
        var known = Describe(failure);
        if (format == OutputFormat.Json)
            Output.WriteJson(Console.Out, new { error = new { code = known.Code, message = known.Message, remedy = known.Remedy } });
        else
            Console.Error.WriteLine($"error: {known.Message}\n       {known.Remedy}");
        return known.ExitCode;
    }

    static CliException Describe(Exception failure) => failure switch
    {
        CliException known => known,
        EmbeddedPostgresException postgres => new("postgres_unavailable", postgres.Message, postgres.Remedy),
        DatabaseSetupException setup => new("database_setup", setup.Message, setup.Remedy),
        MigrationException migration => new("migration_failed", migration.Message, "nothing of the failed file was kept; run `overmind db status` to see where the database stands"),
        PostgresException refused => new("database_refused", $"the database refused: {refused.MessageText}", "check the login's rights and OVERMIND_DATABASE_URL"),
        NpgsqlException unreachable => new("database_unreachable", $"the database cannot be reached: {unreachable.Message}", "check that it runs and OVERMIND_DATABASE_URL"),
        OvermindException { Code: ErrorCode.EncryptionUnavailable } unreadable => new("encryption_unavailable", unreadable.Message, "docs/models.md explains the encryption key"),
        OvermindException refused => new(ErrorCatalogue.Word(refused.Code), Describe(refused), $"docs/errors.md explains {ErrorCatalogue.Word(refused.Code)}"),
        OvermindApiException refused => new(refused.Code.Length > 0 ? refused.Code : "refused", Describe(refused), Remedy(refused)),
        HttpRequestException unanswered => new("not_answering", $"the server does not answer: {unanswered.Message}", "see `overmind status`, or check --url"),
        EmbeddingException embedding => new("embedding_failed", embedding.Message.TrimEnd('.'), embedding.Remedy),
        OperationCanceledException => new("cancelled", "stopped before it was done", "run it again") { ExitCode = 130 },
        UnauthorizedAccessException or IOException => new("io", failure.Message, "check the folder's rights and free space, or choose another with --data"),
        _ => new("unexpected", $"{failure.GetType().Name}: {failure.Message}", "see `overmind logs`"),
    };

    static string Describe(OvermindException refused) =>
        refused.Errors is { Count: > 0 } errors ? string.Join(" ", errors.Values) : refused.Message;

    static string Describe(OvermindApiException refused) =>
        refused.Errors is { Count: > 0 } errors ? string.Join(" ", errors.Values) : refused.Message;

    static string Remedy(OvermindApiException refused) => (refused.Code.Length > 0 ? $"docs/errors.md explains {refused.Code}" : "something other than Overmind answered")
        + (refused.RequestId is { } id ? $"; the server's log has the request as {id}" : "");
}
