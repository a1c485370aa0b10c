namespace Overmind.Client;

/// <summary>How a key is to be rotated.</summary>
/// <param name="GracePeriodSeconds">Null: a day.</param>
sealed record ApiKeyRotation(int? GracePeriodSeconds);
