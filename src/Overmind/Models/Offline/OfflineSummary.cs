using System.Text;

namespace Overmind.Models.Offline;

/// <summary>A summary by extraction: of each message a sentence, of questions the one that asks, up to a third of what was said. It says that it is offline.</summary>
static class OfflineSummary
{
    const int LongestSentence = 160;
    const string Label = "Offline, by extraction:";

    public static string Of(OfflinePrompt prompt)
    {
        var text = new StringBuilder(Label);
        if (prompt.Earlier is { } earlier)
            text.Append(' ').Append(earlier.StartsWith(Label, StringComparison.Ordinal) ? earlier[Label.Length..].Trim() : earlier);
        var room = text.Length + prompt.History.Sum(m => m.Text.Length) / 3;
        foreach (var (by, said) in prompt.History)
        {
            var sentences = Sentences.Of(said, LongestSentence);
            var sentence = sentences.Find(s => s.EndsWith('?')) ?? sentences.FirstOrDefault();
            if (sentence is not null && text.Length + sentence.Length <= room)
                text.Append("\n- ").Append(by).Append(": ").Append(sentence);
        }

        return text.ToString();
    }
}
