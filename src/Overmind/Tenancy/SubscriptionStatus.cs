using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

[JsonConverter(typeof(LowerSnakeEnum<SubscriptionStatus>))]
public enum SubscriptionStatus
{
    Active,

    /// <summary>Another one followed, or the membership ended.</summary>
    Ended,
}
