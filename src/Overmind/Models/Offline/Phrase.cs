namespace Overmind.Models.Offline;

/// <summary>Neighbouring words of a text that carry matter, as they stand there.</summary>
/// <param name="Keys">Of its words; at least one.</param>
/// <param name="Order">Its place in the text, from 0.</param>
/// <param name="Constraint">True when its sentence sets a condition (must, only, fewer than, …).</param>
/// <param name="Weight">The sum of its words' weights over the root of their number.</param>
sealed record Phrase(string Text, IReadOnlyList<string> Keys, int Order, bool Constraint, double Weight)
{
    /// <summary>True when it stands in the sentence that asks.</summary>
    public bool Asked { get; init; }
}
