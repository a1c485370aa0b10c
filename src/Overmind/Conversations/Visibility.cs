using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>Who sees it besides its owner and the organization's admins: nobody, or every member.</summary>
[JsonConverter(typeof(LowerSnakeEnum<Visibility>))]
public enum Visibility
{
    Private,
    Organization,
}
