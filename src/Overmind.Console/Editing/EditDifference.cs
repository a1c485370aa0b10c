namespace Overmind.WebConsole.Editing;

/// <summary>A setting that two people gave different values.</summary>
/// <param name="Name">As its label says.</param>
public sealed record EditDifference(string Name, string Theirs, string Yours)
{
    const string None = "–";

    /// <summary>Those of a list of settings that differ.</summary>
    public static IReadOnlyList<EditDifference> Of(IEnumerable<(string Name, string? Theirs, string? Yours)> settings) =>
    [
        .. settings.Where(s => (s.Theirs ?? "") != (s.Yours ?? ""))
            .Select(s => new EditDifference(s.Name, Shown(s.Theirs), Shown(s.Yours))),
    ];

    static string Shown(string? value) => string.IsNullOrEmpty(value) ? None : value;
}
