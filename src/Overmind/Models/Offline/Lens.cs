using System.Text;
using Overmind.Models.Tokens;

namespace Overmind.Models.Offline;

/// <summary>
/// How a role looks at a question: which phrases it takes up first, and what it says of them. The six system roles have one each,
/// found by a word in the role's or agent's name; any other role is given one by its name, always the same.
/// </summary>
/// <param name="Heading">Over its points in an assembled answer.</param>
/// <param name="Cites">What it says before a sentence of the material.</param>
/// <param name="Frames">Sentences about a phrase {0} and another {1}: four for a first answer, then four for repairs.</param>
sealed record Lens(
    string Word, string Heading, string Cites, Func<IEnumerable<Phrase>, IEnumerable<Phrase>> Order, IReadOnlyList<string> Frames)
{
    public static IReadOnlyList<Lens> All { get; } =
    [
        new("creative", "Ideas", "A line worth building on", phrases => phrases.OrderByDescending(p => p.Keys.Max(k => k.Length)).ThenBy(p => p.Order),
        [
            "Open with a vivid example of {0} that a reader can picture at once.",
            "Turn {0} around: what would it look like from the opposite side?",
            "Pair {0} with {1} where nobody expects the two together.",
            "Offer one bold version of {0} beside the familiar one.",
            "Give {0} a scene of its own, with a name and a number in it.",
            "Find a comparison that makes {0} plain to a newcomer.",
            "Let {0} answer what {1} leaves open.",
            "Try {0} in miniature and describe what changes.",
        ]),
        new("structural", "Structure", "The material puts it so", phrases => phrases.OrderBy(p => p.Order),
        [
            "Begin with {0}, because the rest builds on it.",
            "Put {0} next and tie it to {1}.",
            "Group everything that belongs to {0} under one heading.",
            "Finish with {0} and return from there to {1}.",
            "Add a section on {0} between the parts that exist.",
            "List the steps of {0} in the order they happen.",
            "Move {0} up, before {1}, so that nothing is used unexplained.",
            "Sum up {0} in one line at its end.",
        ]),
        new("alignment", "Fit", "Hold on to the wording", phrases => phrases.OrderByDescending(p => p.Weight).ThenBy(p => p.Order),
        [
            "Keep {0} in view throughout, since that is what was asked for.",
            "Check that {0} and {1} point the same way.",
            "Speak of {0} in the reader's own terms.",
            "Measure each paragraph by what it adds to {0}.",
            "Answer {0} in full, as the wording of the request demands.",
            "Bring {0} into line with {1} where they pull apart.",
            "Say why {0} matters to the person who asks.",
            "Return to {0} before closing.",
        ]),
        new("decision", "Decisions", "A fact to decide by",
            phrases => phrases.OrderByDescending(p => p.Text.Any(char.IsDigit)).ThenBy(p => p.Keys.Count).ThenByDescending(p => p.Order),
        [
            "Decide {0} first, for it settles other choices.",
            "Weigh {0} against {1} and name the winner.",
            "State the criterion by which {0} is judged.",
            "Commit to {0} and give the next action.",
            "Settle {0} with a figure or a date.",
            "Rank {0} above or below {1}, with the reason.",
            "Drop the weaker option for {0}.",
            "Write down who does {0}, and when.",
        ]),
        new("recovery", "Risks", "Something to check against", phrases => phrases.OrderByDescending(p => p.Order),
        [
            "Should {0} fail, fall back on {1}.",
            "Look for the first sign of trouble with {0}.",
            "Hold a simpler form of {0} ready.",
            "Compare {0} afterwards with what was wanted, and correct it.",
            "Repair the gap at {0} before anything else.",
            "Test {0} once under bad conditions.",
            "Keep {1} untouched while {0} is being fixed.",
            "Note what was learned about {0} for next time.",
        ]),
        new("boundary", "Limits", "What is given and fixed",
            phrases => phrases.OrderByDescending(p => p.Constraint).ThenBy(p => p.Text.Length).ThenBy(p => p.Order),
        [
            "Treat {0} as the edge of the task.",
            "Include {0} and leave out whatever goes beyond {1}.",
            "Admit what stays unknown about {0}.",
            "Separate {0} clearly from {1}.",
            "Bring {0} inside the scope, where it was missing.",
            "Set a limit for {0} and keep to it.",
            "Do not let {0} grow at the expense of {1}.",
            "Mark {0} as fixed and the remainder as open.",
        ]),
    ];

    /// <summary>The lens of a role.</summary>
    public static Lens Of(string role)
    {
        foreach (var lens in All)
            if (role.Contains(lens.Word, StringComparison.OrdinalIgnoreCase)) return lens;
        return All[(int)(StableHash.Of(role) % (uint)All.Count)];
    }

    /// <summary>Its place among the six: they share the work by it.</summary>
    public int Index => All.TakeWhile(lens => lens != this).Count();

    /// <summary>A sentence of the material, quoted.</summary>
    public string Cite(string sentence) => $"{Cites}: {Quotes.Around(sentence.TrimEnd('.'))}.";

    /// <summary>One sentence about a phrase.</summary>
    public string Say(int frame, string phrase, string other) =>
        new StringBuilder(Frames[frame % Frames.Count]).Replace("{1}", "\u0001").Replace("{0}", Quotes.Around(phrase))
            .Replace("\u0001", Quotes.Around(other)).ToString();
}
