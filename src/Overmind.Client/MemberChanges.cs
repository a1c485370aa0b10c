using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change of a member; what is null stays as it is.</summary>
public sealed record MemberChanges
{
    /// <summary>1 to 255 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary><c>admin</c>, <c>user</c> or <c>viewer</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Those that can be granted, replacing what is there; for admins.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>The <see cref="Member.UpdatedAt"/> they must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
