using Overmind.Errors;

namespace Overmind.Models;

/// <summary>A provider to be connected.</summary>
public sealed record NewModelProvider
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Lower-case letters, digits, - and _; not <c>offline</c>. Default: the kind.</summary>
    public string? Key { get; init; }

    public required ModelProviderKind Kind { get; init; }

    /// <summary>http or https. Default: the provider's own; for Ollama this machine's.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The API key: 1 to 4,096 visible ASCII characters. Default: none.</summary>
    public string? Secret { get; init; }

    public ModelProviderSettings Settings { get; init; } = new();

    /// <summary>Default: true.</summary>
    public bool IsActive { get; init; } = true;

    internal string EffectiveKey => Key ?? LowerSnake.Write(Kind);

    internal string EffectiveBaseUrl => (BaseUrl ?? ModelProviderRules.DefaultBaseUrl(Kind)).TrimEnd('/');

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{EffectiveKey} ({LowerSnake.Write(Kind)} at {EffectiveBaseUrl})";

    internal void Check()
    {
        var checks = new Checks();
        ModelProviderRules.Check(ref checks, Key, BaseUrl, Secret, Settings);
        // The two that are hosted answer nobody without a key; what is compatible with them often needs none.
        checks.Require(
            Secret is not null || BaseUrl is not null || Kind is ModelProviderKind.Ollama, "secret",
            $"{LowerSnake.Write(Kind)} needs an API key. Send it as secret; a server of your own that needs none is named by base_url.", ErrorCode.MissingField);
        checks.ThrowIfAny();
    }
}
