namespace Overmind.Audit;

/// <summary>What is done, whichever way it ends.</summary>
/// <param name="EventType">As <c>api_key.created</c>; what stands before the point is the type of the resource.</param>
public sealed record AuditedAct(string EventType, AuditAction Action)
{
    internal string ResourceType => EventType[..EventType.IndexOf('.')];
}
