namespace Overmind.Access;

/// <summary>What a member sees of a table.</summary>
/// <param name="Count">Rows, up to <see cref="MostCounted"/>.</param>
/// <param name="Rows">The newest of them, each a JSON object of the columns that members may read.</param>
public sealed record AccessView(int Count, IReadOnlyList<string> Rows)
{
    /// <summary>Counting goes no further.</summary>
    public const int MostCounted = 10_000;
}
