namespace Overmind.Models;

/// <summary>A test of a provider that went well: one small call.</summary>
public sealed record ModelProviderTest
{
    /// <summary>Always <c>model_provider.test</c>.</summary>
    public string Object { get; } = "model_provider.test";

    /// <summary>The provider as it is now.</summary>
    public required ModelProvider Provider { get; init; }

    /// <summary>The model that was asked, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>From the call to the whole answer.</summary>
    public required int LatencyMs { get; init; }

    /// <summary>How the answer begins: at most 200 characters.</summary>
    public required string Answer { get; init; }
}
