using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Usage.Cache;

/// <summary>Which answers are not to be given any more: exactly one of the three.</summary>
public sealed record CacheInvalidation
{
    public string? Tag { get; init; }

    public ModelReference? Model { get; init; }

    public bool All { get; init; }

    internal void Check()
    {
        if ((Tag is null ? 0 : 1) + (Model is null ? 0 : 1) + (All ? 1 : 0) != 1)
            throw new OvermindException(ErrorCode.InvalidValue, "Say exactly one of tag, model and all: true.", "tag");
        var checks = new Checks();
        checks.Text("tag", Tag, 1, 64);
        checks.ThrowIfAny();
    }
}
