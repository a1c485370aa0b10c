using Microsoft.Extensions.AI;

namespace Overmind.Tests.Agents;

/// <summary>A call of a <see cref="FakeModel"/>.</summary>
/// <param name="Part">Who is asked: <c>creative</c>, <c>structural</c>, …, or <c>observe</c>, <c>distil</c>, <c>assemble</c>, <c>inspect</c>.</param>
/// <param name="Number">How often that part was asked, from 1.</param>
public sealed record FakeCall(string Part, int Number, IReadOnlyList<ChatMessage> Messages, string IdempotencyKey)
{
    public string Prompt => string.Join("\n", Messages.Select(m => m.Text));
}
