using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>A trait to be set.</summary>
public sealed partial record NewTrait
{
    /// <summary>A lower-case letter, then letters, digits and _; at most 64 characters.</summary>
    public required string TraitKey { get; init; }

    /// <summary>1 to 1000 characters.</summary>
    public required string TraitValue { get; init; }

    /// <summary>Default: they said so. What is inferred does not take the place of what they said.</summary>
    public TraitSource Source { get; init; } = TraitSource.UserInput;

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(
            Shape().IsMatch(TraitKey), "trait_key", "trait_key is a word as expertise_level: a lower-case letter, then letters, digits and _, at most 64 characters.");
        checks.Text("trait_value", TraitValue, 1, 1000);
        checks.ThrowIfAny();
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,63}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
