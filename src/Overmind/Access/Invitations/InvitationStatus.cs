using System.Text.Json.Serialization;

namespace Overmind.Access.Invitations;

/// <summary>Where an invitation stands.</summary>
[JsonConverter(typeof(LowerSnakeEnum<InvitationStatus>))]
public enum InvitationStatus
{
    Pending,
    Accepted,
    Expired,
    Cancelled,
}
