namespace Overmind.Models.Offline;

/// <summary>The line by which an answer says that no language model wrote it.</summary>
static class OfflineLabel
{
    const string Begin = "*Offline model:";

    public const string Line = Begin + " arranged by rule from the words of the question and its context; no language model was asked.*";

    /// <summary>
    /// What a text has to say: of an answer that carries the line only what it quotes, since the words around that are the same in every answer.
    /// </summary>
    public static string Matter(string text) => text.Contains(Begin, StringComparison.Ordinal) ? string.Join("\n", Quotes.In(text)) : text;

    /// <summary>A draft without the line, which says nothing about its question.</summary>
    public static string Without(string draft)
    {
        var at = draft.LastIndexOf(Begin, StringComparison.Ordinal);
        return at < 0 || !draft.EndsWith(Line, StringComparison.Ordinal) ? draft : draft[..at];
    }
}
