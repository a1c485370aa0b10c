using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Conversations.Moderation;

/// <summary>By what an organization's messages are moderated before they are stored (<c>moderation</c> of its settings). Default: they are not.</summary>
public sealed record ModerationSettings
{
    internal const int MostPatterns = 50;
    internal const int LongestPattern = 500;

    /// <summary>At most 50.</summary>
    public IReadOnlyList<ModerationPattern> Patterns { get; init; } = [];

    public PersonalDataRules PersonalData { get; init; } = new();

    /// <summary>Null: however long.</summary>
    public ModerationSize? Size { get; init; }

    /// <summary>The webhook endpoint that is asked, after a message is stored, about what no rule has found anything in; null: nobody is.</summary>
    public Guid? HookEndpointId { get; init; }

    /// <summary>Whether models have what the hook has not answered about yet. Default: true.</summary>
    public bool PendingReachesModels { get; init; } = true;

    /// <summary>Whether models may have a message of this status.</summary>
    internal bool ReachesModels(ModerationStatus status) =>
        status is not ModerationStatus.Blocked && (status is not ModerationStatus.Pending || PendingReachesModels);

    internal void Check(ref Checks checks, string param)
    {
        checks.Require(Patterns.Count <= MostPatterns, $"{param}.patterns", $"There are at most {MostPatterns} patterns, not {Patterns.Count}.");
        for (var i = 0; i < Patterns.Count; i++)
        {
            checks.Text($"{param}.patterns[{i}].code", Patterns[i].Code, 1, 64);
            checks.Text($"{param}.patterns[{i}].pattern", Patterns[i].Pattern, 1, LongestPattern);
            checks.Require(
                Patterns[i].Pattern.Length > LongestPattern || Compile(Patterns[i].Pattern) is not null, $"{param}.patterns[{i}].pattern",
                $"{Patterns[i].Pattern} is no regular expression without look-around and back-references.");
        }

        checks.Require(
            Size is null or { MaxCharacters: >= 1 and <= NewMessage.MaxBytes }, $"{param}.size.max_characters", $"max_characters is 1 to {NewMessage.MaxBytes}, not {Size?.MaxCharacters}.");
    }

    /// <summary>Null when it is no expression that is matched in time that grows with the text alone.</summary>
    internal static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (Exception invalid) when (invalid is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    internal JsonObject ToJson()
    {
        var written = new JsonObject
        {
            ["patterns"] = new JsonArray([.. Patterns.Select(p => new JsonObject { ["code"] = p.Code, ["pattern"] = p.Pattern, ["action"] = LowerSnake.Write(p.Action) })]),
            ["personal_data"] = new JsonObject
            {
                ["email"] = LowerSnake.Write(PersonalData.Email),
                ["phone"] = LowerSnake.Write(PersonalData.Phone),
                ["card"] = LowerSnake.Write(PersonalData.Card),
                ["iban"] = LowerSnake.Write(PersonalData.Iban),
                ["national_id"] = LowerSnake.Write(PersonalData.NationalId),
            },
            ["pending_reaches_models"] = PendingReachesModels,
        };
        if (Size is { } size) written["size"] = new JsonObject { ["max_characters"] = size.MaxCharacters, ["action"] = LowerSnake.Write(size.Action) };
        if (HookEndpointId is { } hook) written["hook_endpoint_id"] = hook.ToString();
        return written;
    }

    /// <summary>What is stored is free-form for SQL clients: what is not as it should be counts as not set.</summary>
    /// <param name="settings">The organization's.</param>
    internal static ModerationSettings Read(JsonElement settings)
    {
        if (settings.ValueKind is not JsonValueKind.Object || !settings.TryGetProperty("moderation", out var stored) || stored.ValueKind is not JsonValueKind.Object)
            return new ModerationSettings();
        var personal = Member(stored, "personal_data");
        return new ModerationSettings
        {
            Patterns = stored.TryGetProperty("patterns", out var patterns) && patterns.ValueKind is JsonValueKind.Array
                ? [.. patterns.EnumerateArray().Select(PatternOf).OfType<ModerationPattern>().Take(MostPatterns)]
                : [],
            PersonalData = new PersonalDataRules
            {
                Email = Action(personal, "email"),
                Phone = Action(personal, "phone"),
                Card = Action(personal, "card"),
                Iban = Action(personal, "iban"),
                NationalId = Action(personal, "national_id"),
            },
            Size = Member(stored, "size") is { ValueKind: JsonValueKind.Object } size && size.TryGetProperty("max_characters", out var most) && most.TryGetInt32(out var characters) && characters > 0
                ? new ModerationSize(characters, Action(size, "action"))
                : null,
            HookEndpointId = Guid.TryParse(Text(stored, "hook_endpoint_id"), out var hook) ? hook : null,
            PendingReachesModels = Member(stored, "pending_reaches_models").ValueKind is not JsonValueKind.False,
        };
    }

    static ModerationPattern? PatternOf(JsonElement stored) =>
        Text(stored, "code") is { } code && Text(stored, "pattern") is { Length: > 0 and <= LongestPattern } pattern && Compile(pattern) is not null
            ? new ModerationPattern(code, pattern, Action(stored, "action"))
            : null;

    static ModerationAction Action(JsonElement rules, string name) =>
        Text(rules, name) is { } word ? LowerSnake.Read<ModerationAction>(word) ?? ModerationAction.Off : ModerationAction.Off;

    static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    static JsonElement Member(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : default;
}
