namespace Overmind.Client;

/// <summary>What came of an import.</summary>
public sealed record ImportResult
{
    /// <summary><c>overmind</c>, <c>openai</c> or <c>chatgpt</c>.</summary>
    public required string Format { get; init; }

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
