namespace Overmind.Client;

/// <summary>A rating, 1 to 5.</summary>
sealed record NewRating(int Rating);
