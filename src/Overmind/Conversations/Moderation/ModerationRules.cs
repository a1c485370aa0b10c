using System.Text.RegularExpressions;

namespace Overmind.Conversations.Moderation;

/// <summary>An organization's rules, ready to be applied.</summary>
sealed class ModerationRules(ModerationSettings settings)
{
    readonly (ModerationPattern Rule, Regex Regex)[] _patterns =
        [.. settings.Patterns.Where(p => p.Action is not ModerationAction.Off).Select(p => (p, ModerationSettings.Compile(p.Pattern)!))];

    readonly (string Code, string Words, ModerationAction Action, Func<string, int> Find)[] _personalData =
        [.. PersonalDataOf(settings.PersonalData).Where(rule => rule.Action is not ModerationAction.Off)];

    public ModerationSettings Settings => settings;

    bool AreNone => _patterns.Length == 0 && _personalData.Length == 0 && settings is { Size: null or { Action: ModerationAction.Off }, HookEndpointId: null };

    /// <summary>What is to be stored with a text; null where nothing is moderated.</summary>
    public ModerationVerdict? Judge(string text, DateTimeOffset now)
    {
        if (AreNone) return null;
        List<ModerationFlag> flags = [];
        var worst = ModerationAction.Off;
        if (settings.Size is { Action: not ModerationAction.Off } size && text.Length > size.MaxCharacters)
            Found("size", "size", $"It has {text.Length} characters, more than {size.MaxCharacters}.", size.Action);
        foreach (var (rule, regex) in _patterns)
            if (regex.Match(text) is { Success: true } match)
                Found(rule.Code, "pattern", $"The pattern matches at character {match.Index + 1}.", rule.Action);
        foreach (var (code, words, action, find) in _personalData)
            if (find(text) is >= 0 and var at)
                Found(code, "personal_data", $"There is {words} at character {at + 1}.", action);
        return new ModerationVerdict(
            worst switch
            {
                ModerationAction.Block => ModerationStatus.Blocked,
                ModerationAction.Flag => ModerationStatus.Flagged,
                _ => settings.HookEndpointId is null ? ModerationStatus.Approved : ModerationStatus.Pending,
            },
            flags);

        void Found(string code, string category, string detail, ModerationAction action)
        {
            flags.Add(new ModerationFlag(code, category, detail, "rule", now));
            worst = action > worst ? action : worst;
        }
    }

    static (string Code, string Words, ModerationAction Action, Func<string, int> Find)[] PersonalDataOf(PersonalDataRules rules) =>
    [
        ("email", "an e-mail address", rules.Email, PersonalData.Email),
        ("phone", "a phone number", rules.Phone, PersonalData.Phone),
        ("card", "the number of a payment card", rules.Card, PersonalData.Card),
        ("iban", "an IBAN", rules.Iban, PersonalData.Iban),
        ("national_id", "the number of a person", rules.NationalId, PersonalData.NationalId),
    ];
}
