namespace Overmind.Agents;

/// <summary>A member that has another value.</summary>
/// <param name="From">As JSON.</param>
/// <param name="To">As JSON.</param>
public sealed record FieldChange(string Field, JsonText From, JsonText To);
