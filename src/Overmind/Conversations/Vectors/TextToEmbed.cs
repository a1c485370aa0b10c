namespace Overmind.Conversations.Vectors;

/// <summary>A text without a vector.</summary>
/// <param name="Digest">MD5 of the text, by which a vector is kept only beside what it was made of.</param>
sealed record TextToEmbed(Guid Id, string Text, string Digest);
