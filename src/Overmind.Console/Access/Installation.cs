namespace Overmind.WebConsole.Access;

/// <summary>The installation that the console belongs to.</summary>
/// <param name="Id">Its first organization.</param>
sealed record Installation(Guid Id);
