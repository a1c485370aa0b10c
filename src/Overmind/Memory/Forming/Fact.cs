namespace Overmind.Memory.Forming;

/// <summary>Something lasting that somebody said.</summary>
sealed record Fact
{
    public required MemoryType Type { get; init; }

    /// <summary><c>fact</c>, <c>preference</c>, <c>instruction</c>, <c>date</c>, <c>decision</c>, <c>event</c> or <c>note</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The sentence as it was said, without what leads up to it.</summary>
    public required string Content { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Importance { get; init; }

    /// <summary>What it says something of; of the same one only what was said last holds. Null: it contradicts nothing.</summary>
    public string? Key { get; init; }

    /// <summary>What it says of that, as it is compared.</summary>
    public string? Value { get; init; }

    /// <summary>The part of the content that a correction replaces; null where the key says it, too.</summary>
    public string? Said { get; init; }

    /// <summary>It says that the value does not hold: that ends the value, and no other.</summary>
    public bool IsDenial { get; init; }

    /// <summary>Of an event: the words that say when it was.</summary>
    public string? When { get; init; }
}
