namespace Overmind.Client;

/// <summary>What a trait is to be.</summary>
public sealed record NewTrait
{
    /// <summary>1 to 1000 characters.</summary>
    public required string TraitValue { get; init; }

    /// <summary><c>user_input</c> or <c>ai_inferred</c>, which leaves what they said themselves. Default: user_input.</summary>
    public string? Source { get; init; }
}
