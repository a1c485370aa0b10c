namespace Overmind.Client;

/// <summary>A setting of two runs.</summary>
/// <param name="Name">As <c>quality_threshold</c> or <c>models.judge</c>.</param>
public sealed record ComparedSetting(string Name, string? Left, string? Right, bool IsSame);
