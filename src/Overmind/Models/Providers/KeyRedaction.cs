using System.Text;

namespace Overmind.Models.Providers;

/// <summary>Takes an API key out of what a provider says: several repeat it when they refuse it, whole or in part.</summary>
static class KeyRedaction
{
    /// <summary>A run of this many of the key's characters is taken for a part of it.</summary>
    const int Part = 6;

    const string Removed = "[key]";

    public static string Redact(string text, string? key)
    {
        if (string.IsNullOrEmpty(key)) return text;
        var part = Math.Min(Part, key.Length);
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Match(text.AsSpan(at), key, part);
            if (length == 0)
            {
                clean.Append(text[at++]);
                continue;
            }

            clean.Append(Removed);
            at += length;
        }

        return clean.ToString();
    }

    /// <summary>How long the part of the key is that the text begins with; 0 when it begins with none.</summary>
    static int Match(ReadOnlySpan<char> text, string key, int part)
    {
        if (text.Length < part) return 0;
        var longest = 0;
        for (var start = key.IndexOf(text[..part].ToString(), StringComparison.Ordinal); start >= 0; start = key.IndexOf(text[..part].ToString(), start + 1, StringComparison.Ordinal))
            longest = Math.Max(longest, text.CommonPrefixLength(key.AsSpan(start)));
        return longest;
    }
}
