using System.Text.Json.Serialization;

namespace Overmind.Conversations.Sharing;

/// <summary>Whether the link of a share is good.</summary>
[JsonConverter(typeof(LowerSnakeEnum<ShareStatus>))]
public enum ShareStatus
{
    Active,
    Expired,
    Revoked,
}
