using Overmind.Conversations;
using Overmind.Errors;

namespace Overmind.Memory;

/// <summary>A collection to be made.</summary>
public sealed record NewDatastore
{
    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 255 characters; of one owner unique.</summary>
    public required string Name { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? Description { get; init; }

    public Visibility Visibility { get; init; }

    internal void Check() => Check(Name, Description);

    internal static void Check(string? name, string? description)
    {
        var checks = new Checks();
        checks.Text("name", name, 1, 255);
        checks.Text("description", description, 0, 2000);
        checks.ThrowIfAny();
    }
}
