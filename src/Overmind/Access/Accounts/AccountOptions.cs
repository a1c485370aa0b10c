namespace Overmind.Access.Accounts;

/// <summary>Who may make an account.</summary>
public sealed record AccountOptions
{
    /// <summary>Whether anybody may sign up. Default: false; whoever is invited may always.</summary>
    public bool IsSignUpOpen { get; init; }
}
