using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>A question to be answered.</summary>
public sealed record NewRun : RunChoices
{
    /// <summary>1 character to 1 MiB in UTF-8.</summary>
    public required string Question { get; init; }

    /// <summary>Attachments that come with the question, at most 32.</summary>
    public IReadOnlyList<Guid>? AttachmentIds { get; init; }

    /// <summary>What its calls do with the response cache. Default: as the organization's settings say.</summary>
    [JsonIgnore]
    public CacheOptions? Cache { get; init; }
}
