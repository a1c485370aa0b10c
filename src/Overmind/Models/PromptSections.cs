using System.Text;

namespace Overmind.Models;

/// <summary>
/// Delimited sections in a prompt: <c>&lt;question&gt;</c> on a line of its own, the text, <c>&lt;/question&gt;</c> on a line of its own.
/// A text that holds the tag of a section has it escaped (<c>&amp;lt;question&gt;</c>), so that it cannot end its own section or open another;
/// all other markup, code for example, stays as it is.
/// </summary>
static class PromptSections
{
    /// <summary>The tags in use. Each is escaped in every text.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "phase", "role", "goal", "backstory", "output_format", "json_schema", "earlier_messages", "history", "message", "question", "directive", "previous_answers", "answers_so_far",
        "answers", "answer", "attachment", "observation", "insights", "previous_draft", "draft_remark", "draft", "sent_back", "experts", "expert", "original_question", "delegate_answer",
        "memories", "memory", "candidates", "candidate",
    ];

    /// <summary>Appends a section; the text is escaped.</summary>
    public static StringBuilder AppendSection(this StringBuilder prompt, string name, string text) =>
        prompt.Append('<').Append(name).Append(">\n").Append(Escape(text)).Append("\n</").Append(name).Append(">\n");

    /// <summary>Appends a section that says whose text it is, for example <c>&lt;answer by="Creative Clarity"&gt;</c>.</summary>
    public static StringBuilder AppendSection(this StringBuilder prompt, string name, string by, string text) =>
        prompt.Append('<').Append(name).Append(" by=\"").Append(Attribute(by)).Append("\">\n")
            .Append(Escape(text)).Append("\n</").Append(name).Append(">\n");

    /// <summary>Makes the tags of sections in a text harmless; <see cref="Unescape"/> takes it back.</summary>
    public static string Escape(string text) => Replace(text, "<", "&lt;");

    /// <summary>The text as it was before <see cref="Escape"/>.</summary>
    public static string Unescape(string text) => Replace(text, "&lt;", "<");

    static string Attribute(string by) => by.Replace("&", "&amp;").Replace("\"", "&quot;").Replace("<", "&lt;").ReplaceLineEndings(" ");

    static string Replace(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        if (at < 0) return text;
        var result = new StringBuilder(text.Length + 16);
        var copied = 0;
        for (; at >= 0; at = text.IndexOf(from, at + from.Length, StringComparison.Ordinal))
        {
            if (!StartsTag(text.AsSpan(at + from.Length))) continue;
            result.Append(text, copied, at - copied).Append(to);
            copied = at + from.Length;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Also with blanks and in capitals, as a model might still read it as the tag.</summary>
    static bool StartsTag(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest.StartsWith('/')) rest = rest[1..].TrimStart();
        if (rest.IsEmpty || !char.IsAsciiLetter(rest[0])) return false;
        foreach (var name in Names)
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
