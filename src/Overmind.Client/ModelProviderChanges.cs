using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a provider; what is null stays as it is.</summary>
public sealed record ModelProviderChanges
{
    public string? Key { get; init; }

    /// <summary>With another address the API key is to be given anew.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Another API key.</summary>
    public string? Secret { get; init; }

    /// <summary>All settings, replacing what is there.</summary>
    public ModelProviderSettings? Settings { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>Takes the API key away.</summary>
    [JsonIgnore]
    public bool ClearSecret { get; init; }

    /// <summary>The <see cref="ModelProvider.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(ModelProviderChanges);
}
