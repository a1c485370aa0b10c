using System.Collections.Frozen;
using Overmind.Errors;

namespace Overmind.Jobs;

/// <summary>The kinds that this program knows.</summary>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    readonly FrozenDictionary<string, JobKind> _kinds = kinds.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    public IEnumerable<JobKind> All => _kinds.Values;

    /// <summary>Names of those whose jobs call models.</summary>
    internal string[] CallingModels => [.. All.Where(k => k.Options.CallsModels).Select(k => k.Name)];

    /// <summary>Null for a kind that no handler was registered for.</summary>
    public JobKind? Find(string name) => _kinds.GetValueOrDefault(name);

    /// <exception cref="OvermindException"><see cref="ErrorCode.JobKindUnknown"/>.</exception>
    public JobKind Get(string name) => Find(name)
        ?? throw new OvermindException(ErrorCode.JobKindUnknown, $"There is no kind of jobs '{name}'; there are {string.Join(", ", _kinds.Keys.Order())}.", "kind");
}
