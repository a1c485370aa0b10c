using System.Text.RegularExpressions;

namespace Overmind.Memory.Forming;

/// <summary>What a sentence says of something, as it is compared.</summary>
static partial class FactValue
{
    const int Longest = 120;

    /// <summary>In lower case, without article, reason and what only says when it is said.</summary>
    public static string Of(string said)
    {
        var value = Reason().Split(said.ToLowerInvariant(), 2)[0];
        value = Article().Replace(value.Trim(' ', '.', ',', ';', ':', '!', '"', '\'', '*', '_', '`'), "");
        for (var shorter = ""; shorter != value;)
            (shorter, value) = (value, Trailing().Replace(value, "").TrimEnd(' ', ',', '.'));
        return value;
    }

    /// <summary>Nothing that could be compared: a pronoun, whoever is spoken to, or a whole story.</summary>
    public static bool IsEmpty(string said, string value) => value.Length is 0 or > Longest || Pronoun().IsMatch(said);

    /// <summary>What "my … is …" says of things that pass: a question, a problem, what is ready or broken.</summary>
    public static bool IsPassing(string of, string value) => PassingThing().IsMatch(of) || PassingState().IsMatch(value);

    [GeneratedRegex(@"\s+(?:because|since|so that|but|which|unless|when|whenever|if|although|though)\s+|,\s*(?:so|which|because|since|but|and)\s+|\s+[-–—]\s+|\s*\(", RegexOptions.NonBacktracking)]
    private static partial Regex Reason();

    [GeneratedRegex("^(?:the|a|an|my|our|on|by)\\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Article();

    [GeneratedRegex(@"[\s,]+(?:now|currently|today|at the moment|right now|these days|nowadays|too|as well|also|anymore|any more|any longer|btw|by the way|please|actually|instead|again|though)$", RegexOptions.NonBacktracking)]
    private static partial Regex Trailing();

    [GeneratedRegex(@"^(?:this|that|these|those|it|them|him|her|you|your|yours|what|how|why|where|when|the (?:way|idea|question|answer)|to (?:know|ask|see|say|think|be able))\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"\b(?:question|problem|issue|point|guess|idea|concern|worry|error|mistake|apologies|bad|code|script|app|query|test|tests|build|request|goal today|task|plan|understanding|assumption|feeling|impression|answer|first|second|last|next|only)$", RegexOptions.NonBacktracking)]
    private static partial Regex PassingThing();

    [GeneratedRegex(@"^(?:not working|broken|failing|slow|wrong|correct|right|fine|ready|done|good|bad|ok|okay|here|there|back|late|empty|missing|as follows|that|how|why|whether|to)\b", RegexOptions.NonBacktracking)]
    private static partial Regex PassingState();
}
