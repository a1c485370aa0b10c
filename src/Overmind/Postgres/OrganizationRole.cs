using System.Text.Json.Serialization;

namespace Overmind.Postgres;

/// <summary>What a member may do: <c>admin</c> everything, <c>user</c> their own work, <c>viewer</c> read.</summary>
[JsonConverter(typeof(LowerSnakeEnum<OrganizationRole>))]
public enum OrganizationRole
{
    Viewer,
    User,
    Admin,
}
