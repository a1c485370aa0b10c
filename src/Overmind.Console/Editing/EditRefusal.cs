using Overmind.Errors;

namespace Overmind.WebConsole.Editing;

/// <summary>Why a form was not stored: a sentence for the whole, and one for each setting that is at fault.</summary>
/// <param name="Sentence">Null when all is said beside the settings.</param>
public sealed record EditRefusal(string? Sentence, IReadOnlyDictionary<string, string> Errors)
{
    /// <summary>Nothing was refused.</summary>
    public static EditRefusal None { get; } = new(null, new Dictionary<string, string>());

    /// <summary>One setting is at fault.</summary>
    public static EditRefusal Of(string setting, string error) => new(null, new Dictionary<string, string> { [setting] = error });

    /// <summary>What a failure says about the form; a failure that is not the person's shows nothing of its inside.</summary>
    /// <param name="settings">The settings the form shows: what is wrong with anything else is said for the whole.</param>
    public static EditRefusal Of(Exception failure, IReadOnlySet<string> settings)
    {
        if (failure is not OvermindException refused) return None with { Sentence = "It could not be stored. Try again." };
        var errors = refused.Errors ?? (refused.Param is { } param ? new Dictionary<string, string> { [param] = refused.Message } : None.Errors);
        // A list's item is told at the list, and a member of an object at the object.
        var shown = errors.Select(e => (Name: e.Key.Split('[', '.')[0], e.Value)).Where(e => settings.Contains(e.Name))
            .GroupBy(e => e.Name).ToDictionary(g => g.Key, g => string.Join(" ", g.Select(e => e.Value)));
        return new EditRefusal(shown.Count == 0 ? refused.Message : null, shown);
    }

    /// <summary>What is wrong with a setting, or null.</summary>
    public string? this[string setting] => Errors.GetValueOrDefault(setting);
}
