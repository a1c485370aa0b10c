namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>Texts of all organizations, and how many of them have their vectors.</summary>
/// <param name="Of"><c>messages</c>, <c>conversations</c> or <c>memories</c>.</param>
/// <param name="Active">Those with a vector of the active model.</param>
/// <param name="Next">Those with a vector of the one that takes its place; null: none does.</param>
/// <param name="ActiveIndexed">Whether the index is there by which more than 10,000 of an organization are searched fast.</param>
/// <param name="NextIndexed">The same for the one that takes its place; null: none does.</param>
sealed record VectorCounts(string Of, long Texts, long Active, long? Next, bool ActiveIndexed, bool? NextIndexed);
