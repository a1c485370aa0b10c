using Overmind.Errors;

namespace Overmind.Models;

/// <summary>What is to change in a provider; a member left null stays as it is.</summary>
public sealed record ModelProviderPatch
{
    /// <summary>As in <see cref="NewModelProvider.Key"/>.</summary>
    public string? Key { get; init; }

    /// <summary>http or https. With another address the API key is to be given anew.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Another API key; to null: none.</summary>
    public Change<string?>? Secret { get; init; }

    /// <summary>All settings, replacing what is there.</summary>
    public ModelProviderSettings? Settings { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(ModelProviderPatch);

    internal void Check()
    {
        var checks = new Checks();
        ModelProviderRules.Check(ref checks, Key, BaseUrl, Secret?.Value, Settings);
        checks.ThrowIfAny();
    }
}
