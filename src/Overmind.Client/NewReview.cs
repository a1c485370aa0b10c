namespace Overmind.Client;

sealed record NewReview(string? Reason);
