using System.Text.Json.Serialization;

namespace Overmind.Tenancy;

/// <summary>What an organization has agreed on with the operator.</summary>
[JsonConverter(typeof(LowerSnakeEnum<OrganizationPlan>))]
public enum OrganizationPlan
{
    Free,
    Pro,
    Enterprise,
}
