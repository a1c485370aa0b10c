namespace Overmind.Agents;

/// <summary>What was attached to a run's question, as it stood when the run was made.</summary>
/// <param name="Text">What models are given of a text; null for all else.</param>
sealed record RunAttachment(Guid Id, string Name, string MediaType, string? Text)
{
    /// <summary>Whose text it is, for a section of a prompt.</summary>
    public string Title => $"{Name}, {MediaType}";
}
