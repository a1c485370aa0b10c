namespace Overmind.Cli;

/// <summary>Texts of models on a terminal.</summary>
static class TerminalText
{
    /// <summary>What a model writes must not steer the terminal.</summary>
    public static string WithoutControls(string text) => string.Create(text.Length, text, (kept, all) =>
    {
        for (var i = 0; i < kept.Length; i++)
            kept[i] = char.IsControl(all[i]) && all[i] is not ('\n' or '\t') ? '\uFFFD' : all[i];
    });
}
