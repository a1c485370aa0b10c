namespace Overmind.Agents;

/// <summary>Checks an agent's answer against its output format.</summary>
static class OutputFormats
{
    /// <summary>
    /// Null when the answer keeps its format; otherwise the reason in words to send back.
    /// <c>sim_4_lines</c>: blank lines around the four are tolerated, nothing else is. <c>json</c>: one code fence around it is tolerated.
    /// </summary>
    /// <param name="truncated">The model stopped at its token limit: a violation in every format.</param>
    public static string? Violation(OutputFormat format, string text, bool truncated)
    {
        if (string.IsNullOrWhiteSpace(text)) return "The answer is empty.";
        if (truncated) return "The answer was cut off at its token limit; be shorter.";
        return format switch
        {
            OutputFormat.Sim4Lines => NotFourLines(text),
            OutputFormat.Json => JsonAnswer.Parse(text, out var reason) is null ? reason : null,
            _ => null,
        };
    }

    static string? NotFourLines(string text)
    {
        var lines = text.Trim().ReplaceLineEndings("\n").Split('\n');
        if (lines.Length != 4) return $"The answer must have exactly four lines, numbered 1. to 4.; it has {lines.Length}.";
        for (var i = 0; i < 4; i++)
        {
            var line = lines[i].AsSpan().Trim();
            if (line.Length < 4 || line[0] != '1' + i || line[1] != '.' || line[2] is not (' ' or '\t') || line[3..].IsWhiteSpace())
                return $"Line {i + 1} must begin with \"{i + 1}. \" and have a text after it.";
        }

        return null;
    }
}
