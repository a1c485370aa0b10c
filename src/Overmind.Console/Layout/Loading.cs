using Npgsql;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.WebConsole.Layout;

/// <summary>What a page shows when reading fails.</summary>
static class Loading
{
    public static LoadState StateOf(Exception failure) => failure is OvermindException { Code: var code }
        ? ErrorCatalogue.Of(code).Status switch
        {
            404 => LoadState.NotFound,
            401 or 403 => LoadState.Denied,
            _ => LoadState.Failed,
        }
        : LoadState.Failed;

    /// <summary>What a refused act tells the person; a failure that is not theirs shows nothing of its inside.</summary>
    public static string Sentence(Exception failure, string otherwise) =>
        (failure as OvermindException ?? (failure is PostgresException refused ? PostgresFailure.Translate(refused) : null))?.Message ?? otherwise;
}
