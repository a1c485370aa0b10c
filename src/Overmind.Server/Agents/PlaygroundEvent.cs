namespace Overmind.Server.Agents;

/// <summary>More of an answer (<c>playground.delta</c>), or its end (<c>playground.completed</c>).</summary>
sealed record PlaygroundEvent(string Type, string? Delta, PlaygroundAnswer? Answer)
{
    public static PlaygroundEvent More(string text) => new("playground.delta", text, null);

    public static PlaygroundEvent End(PlaygroundAnswer answer) => new("playground.completed", null, answer);
}
