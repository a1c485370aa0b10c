namespace Overmind.Postgres;

/// <summary>What became of the stored secrets.</summary>
/// <param name="Renewed">How many are encrypted with the first key now, and were with another.</param>
/// <param name="Current">How many were already.</param>
/// <param name="Unreadable">Those that none of the keys opens, as <c>public.model_providers.secret {id}</c>.</param>
sealed record ReencryptedSecrets(int Renewed, int Current, IReadOnlyList<string> Unreadable);
