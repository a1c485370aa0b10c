namespace Overmind.Client;

sealed record NewMemoryPruning(bool DryRun);
