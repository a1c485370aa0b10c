namespace Overmind.Server.Access;

/// <summary>Says that something was taken up, and nothing of what is known about it.</summary>
/// <param name="Message">For people.</param>
public sealed record Acknowledgement(string Message)
{
    /// <summary>Always <c>acknowledgement</c>.</summary>
    public string Object { get; } = "acknowledgement";
}
