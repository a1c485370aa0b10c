using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

static class SampleMessages
{
    public static Message Of(MessageRole role, string content, int branch = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = Guid.CreateVersion7(),
        Branch = branch,
        Seq = 1,
        Role = role,
        Content = content,
        Version = "1.0.0",
        VersionNumber = 1,
        Metadata = default,
        Context = default,
        ModerationFlags = default,
        Edited = false,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
