namespace Overmind.Server.Tenancy;

/// <summary>The states that members themselves bring their organization into.</summary>
enum MemberChosenStatus
{
    Active,
    Cancelled,
}
