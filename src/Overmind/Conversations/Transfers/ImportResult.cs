namespace Overmind.Conversations.Transfers;

/// <summary>What came of an import. In JSON as it stands here, in snake_case.</summary>
public sealed record ImportResult
{
    /// <summary>Problems that are told; those beyond are counted.</summary>
    public const int MostProblems = 100;

    /// <summary>Always <c>import</c>.</summary>
    public string Object { get; } = "import";

    public required TransferFormat Format { get; init; }

    /// <summary>Conversations that are new.</summary>
    public required long Imported { get; init; }

    /// <summary>Conversations that were there.</summary>
    public required long Skipped { get; init; }

    /// <summary>Conversations of which nothing was imported, because something is wrong with them.</summary>
    public required long Failed { get; init; }

    /// <summary>Messages of those that are new.</summary>
    public required long Messages { get; init; }

    /// <summary>What is wrong, of the first hundred.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }
}
