namespace Overmind.Server.Http;

/// <summary>What a delete answers.</summary>
/// <param name="Object">As <c>conversation.deleted</c>.</param>
public sealed record DeletedResponse(Guid Id, string Object)
{
    public bool Deleted { get; } = true;
}
