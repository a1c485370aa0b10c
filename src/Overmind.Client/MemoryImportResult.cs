namespace Overmind.Client;

/// <summary>What came of an import of memories.</summary>
public sealed record MemoryImportResult
{
    /// <summary>Memories that are new.</summary>
    public required long Imported { get; init; }

    /// <summary>Memories that were there, or said the same as one that was.</summary>
    public required long Skipped { get; init; }

    /// <summary>Lines of which nothing came in.</summary>
    public required long Failed { get; init; }

    /// <summary>What is wrong, of the first hundred.</summary>
    public required IReadOnlyList<MemoryImportProblem> Problems { get; init; }
}
