using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

/// <summary>What is not active can be read, and nothing in it written.</summary>
[JsonConverter(typeof(LowerSnakeEnum<OrganizationStatus>))]
public enum OrganizationStatus
{
    Active,

    /// <summary>By the operator, or because the time of a cancelled one is over; the operator takes it back.</summary>
    Suspended,

    /// <summary>By its members, who take it back until its time is over.</summary>
    Cancelled,
}
