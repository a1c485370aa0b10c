namespace Overmind.Agents;

/// <summary>A setting of two runs.</summary>
/// <param name="Name">As <c>quality_threshold</c> or <c>models.judge</c>.</param>
/// <param name="Left">Null: not set.</param>
/// <param name="Right">Null: not set.</param>
public sealed record ComparedSetting(string Name, string? Left, string? Right, bool IsSame);
