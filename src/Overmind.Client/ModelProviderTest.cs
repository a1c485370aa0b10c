namespace Overmind.Client;

/// <summary>A test of a provider that went well.</summary>
public sealed record ModelProviderTest
{
    /// <summary>The provider as it is now.</summary>
    public required ModelProvider Provider { get; init; }

    /// <summary>The model that was asked, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>From the call to the whole answer.</summary>
    public required int LatencyMs { get; init; }

    /// <summary>How the answer begins.</summary>
    public required string Answer { get; init; }
}
