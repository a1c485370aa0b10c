using System.Text;

namespace Overmind;

/// <summary>
/// Makes text from models fit for PostgreSQL, which stores no NUL, and for UTF-8, which has no half surrogate pairs: each becomes U+FFFD.
/// What users send is refused instead.
/// </summary>
public static class StoredText
{
    const char Replacement = '\uFFFD';

    /// <summary>The text itself when nothing in it needs to change.</summary>
    public static string Clean(string text)
    {
        var at = FirstUnfit(text, 0);
        if (at < 0) return text;
        var clean = new StringBuilder(text);
        for (; at >= 0; at = FirstUnfit(text, at + 1)) clean[at] = Replacement;
        return clean.ToString();
    }

    /// <summary>JSON as System.Text.Json writes it (half pairs are replaced there already) without escaped NULs, which jsonb refuses.</summary>
    public static string CleanJson(string json)
    {
        const string escapedNul = "\\u0000";
        if (!json.Contains(escapedNul, StringComparison.Ordinal)) return json;
        var clean = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                clean.Append(json[i]);
                continue;
            }

            // A backslash and what it escapes are read together: in \\u0000 the first escapes the second.
            if (json.AsSpan(i).StartsWith(escapedNul, StringComparison.Ordinal))
            {
                clean.Append(Replacement);
                i += escapedNul.Length - 1;
                continue;
            }

            clean.Append(json[i]).Append(json[++i]);
        }

        return clean.ToString();
    }

    static int FirstUnfit(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\0') return i;
            if (!char.IsSurrogate(text[i])) continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else return i;
        }

        return -1;
    }
}
