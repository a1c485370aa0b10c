namespace Overmind.Models.Offline;

/// <summary>One statement of an answer, and under which heading it belongs.</summary>
sealed record Point(string Heading, string Text)
{
    /// <summary>The words it takes up, by key.</summary>
    public HashSet<string> Keys { get; } = [.. Words.Keys(Text)];
}
