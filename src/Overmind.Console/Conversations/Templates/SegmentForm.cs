using Overmind.Conversations;
using Overmind.Conversations.Templates;

namespace Overmind.WebConsole.Conversations.Templates;

/// <summary>A segment as it stands in the form.</summary>
public sealed record SegmentForm
{
    public string Name { get; set; } = "";

    public MessageRole Role { get; set; }

    public string Content { get; set; } = "";

    public int? Priority { get; set; } = TemplateSegment.DefaultPriority;

    /// <summary>Null: as many as it comes to.</summary>
    public int? MaxTokens { get; set; }

    public static SegmentForm Of(TemplateSegment segment) => new()
    {
        Name = segment.Name,
        Role = segment.Role,
        Content = segment.Content,
        Priority = segment.Priority,
        MaxTokens = segment.MaxTokens,
    };

    public TemplateSegment ToSegment() => new()
    {
        Name = Name.Trim(),
        Role = Role,
        Content = Content,
        Priority = Priority ?? TemplateSegment.DefaultPriority,
        MaxTokens = MaxTokens,
    };
}
