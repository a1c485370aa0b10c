using Overmind.Errors;

namespace Overmind.Conversations;

/// <summary>Which conversations of a list; what is null does not matter.</summary>
public sealed record ConversationFilter
{
    public static ConversationFilter All { get; } = new();

    /// <summary>Null: active and archived ones.</summary>
    public ConversationStatus? Status { get; init; }

    public string? Tag { get; init; }

    public string? Folder { get; init; }

    public Guid? ProjectId { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Text("tag", Tag, 1, 100);
        checks.Text("folder", Folder, 1, 255);
        checks.ThrowIfAny();
    }
}
