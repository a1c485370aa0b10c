using Overmind.Errors;

namespace Overmind.Conversations.Templates;

/// <summary>Which context templates of the organization; null: any.</summary>
public sealed record ContextTemplateFilter
{
    /// <summary>The one of this name.</summary>
    public string? Name { get; init; }

    public string? UseCase { get; init; }

    public string? AgentType { get; init; }

    /// <summary>A text that name or description holds, whatever its case.</summary>
    public string? Q { get; init; }

    internal void Check()
    {
        foreach (var (param, text) in (ReadOnlySpan<(string, string?)>)[("name", Name), ("use_case", UseCase), ("agent_type", AgentType), ("q", Q)])
            if (text?.Contains('\0') == true)
                throw new OvermindException(ErrorCode.InvalidParameter, $"{param} holds the character NUL, which no text has.", param);
    }
}
