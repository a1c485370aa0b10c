using Overmind.Errors;

namespace Overmind.Usage;

/// <summary>Calls that are to be priced anew.</summary>
public sealed record RepriceRequest
{
    /// <summary>Calls that began then or later.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Calls that began before.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Key of the provider. Default: of all.</summary>
    public string? Provider { get; init; }

    /// <summary>The model as calls name it. Default: all.</summary>
    public string? Model { get; init; }

    /// <summary>True: writes it. Default: only tells what it would change.</summary>
    public bool Apply { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        checks.Require(From < To, "to", "to is later than from.");
        checks.Text("provider", Provider, 1, 100);
        checks.Text("model", Model, 1, 200);
        checks.ThrowIfAny();
    }
}
