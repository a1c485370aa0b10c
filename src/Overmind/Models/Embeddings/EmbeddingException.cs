namespace Overmind.Models.Embeddings;

/// <summary>No vectors could be made.</summary>
/// <param name="message">What is wrong; may be shown to users.</param>
/// <param name="remedy">What to do.</param>
public sealed class EmbeddingException(string message, string remedy, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do, in one line.</summary>
    public string Remedy { get; } = remedy;
}
