using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Conversations.Attachments;

/// <summary>What an organization takes as attachments (<c>attachments</c> of its settings).</summary>
public sealed partial record AttachmentSettings
{
    /// <summary>25 MiB.</summary>
    public const long DefaultMaxBytes = 25L * 1024 * 1024;

    /// <summary>The most of <see cref="MaxBytes"/>: 1 GiB.</summary>
    public const long LargestMaxBytes = 1024L * 1024 * 1024;

    const int MostMediaTypes = 100;

    internal static readonly IReadOnlyList<string> DefaultMediaTypes =
        ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "application/json", "text/*", "audio/*"];

    /// <summary>The largest file, 1 byte to 1 GiB. Default: 25 MiB.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>What they may be, as <c>image/png</c> or <c>text/*</c>; at most 100. Default: pictures as PNG, JPEG, GIF and WebP, PDF, JSON, texts and sound.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = DefaultMediaTypes;

    /// <summary>What all files of the organization may take, each content counted once; null: any amount.</summary>
    public long? MaxTotalBytes { get; init; }

    internal void Check(ref Checks checks, string param)
    {
        checks.Require(MaxBytes is >= 1 and <= LargestMaxBytes, $"{param}.max_bytes", $"max_bytes is 1 to {LargestMaxBytes}, not {MaxBytes}.");
        checks.Require(MediaTypes.Count <= MostMediaTypes, $"{param}.media_types", $"There are at most {MostMediaTypes} media types, not {MediaTypes.Count}.");
        for (var i = 0; i < MediaTypes.Count; i++)
            checks.Require(MediaType().IsMatch(MediaTypes[i]), $"{param}.media_types[{i}]", $"A media type is written as image/png or text/*, in lower case, not {MediaTypes[i]}.");
        checks.Require(MaxTotalBytes is null or >= 1, $"{param}.max_total_bytes", "max_total_bytes is 1 or more. Send null for any amount.");
    }

    internal JsonObject ToJson()
    {
        var written = new JsonObject { ["max_bytes"] = MaxBytes, ["media_types"] = new JsonArray([.. MediaTypes.Select(t => (JsonNode)t)]) };
        if (MaxTotalBytes is { } most) written["max_total_bytes"] = most;
        return written;
    }

    /// <summary>What is stored is free-form for SQL clients: what is not as it should be counts as not set.</summary>
    /// <param name="settings">The organization's.</param>
    internal static AttachmentSettings Read(JsonElement settings)
    {
        if (settings.ValueKind is not JsonValueKind.Object || !settings.TryGetProperty("attachments", out var stored) || stored.ValueKind is not JsonValueKind.Object)
            return new AttachmentSettings();
        return new AttachmentSettings
        {
            MaxBytes = Number(stored, "max_bytes") is >= 1 and <= LargestMaxBytes and var most ? most : DefaultMaxBytes,
            MediaTypes = stored.TryGetProperty("media_types", out var types) && types.ValueKind is JsonValueKind.Array
                ? [.. types.EnumerateArray().Where(t => t.ValueKind is JsonValueKind.String).Select(t => t.GetString()!).Where(t => MediaType().IsMatch(t)).Take(MostMediaTypes)]
                : DefaultMediaTypes,
            MaxTotalBytes = Number(stored, "max_total_bytes") is >= 1 and var total ? total : null,
        };
    }

    static long? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    [GeneratedRegex(@"^[a-z0-9.+-]{1,100}/(?:\*|[a-z0-9.+-]{1,100})\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MediaType();
}
