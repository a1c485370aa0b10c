namespace Overmind;

/// <summary>A new value for a member. Where a patch has no change (null), the member stays as it is; a change to null clears it.</summary>
public sealed record Change<T>(T Value);
