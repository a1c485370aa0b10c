namespace Overmind.Access.Accounts;

/// <summary>Somebody's account.</summary>
sealed record Account(Guid UserId, string Name, string Email);
