using System.Text.Json.Serialization;

namespace Overmind.Conversations.Moderation;

/// <summary>What a rule that matches does to a message.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ModerationAction>))]
public enum ModerationAction
{
    Off,
    Flag,
    Block,
}
