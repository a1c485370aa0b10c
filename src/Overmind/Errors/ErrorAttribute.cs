namespace Overmind.Errors;

/// <summary>What an <see cref="ErrorCode"/> means to a caller of the HTTP API.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">One short sentence, the same for each occurrence.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ErrorAttribute(int status, string title) : Attribute
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>Whether the same request may succeed later. Default: false.</summary>
    public bool Retryable { get; init; }
}
