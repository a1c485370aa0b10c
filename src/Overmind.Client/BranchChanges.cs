namespace Overmind.Client;

sealed record BranchChanges(string? Name);
