namespace Overmind.Access.Accounts;

/// <summary>A sign-up whose link was opened.</summary>
public sealed record AskedSignUp(string Email, string Name);
