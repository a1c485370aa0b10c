namespace Overmind.Client;

sealed record NewVersionRestore(string? ChangeReason);
