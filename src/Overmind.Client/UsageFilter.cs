namespace Overmind.Client;

/// <summary>What a report of usage is asked for; what is null has its default.</summary>
public sealed record UsageFilter
{
    /// <summary>1d (default: days of the organization) or 1h (hours of UTC).</summary>
    public string? BucketWidth { get; init; }

    /// <summary>user, model, operation, project or workflow. Default: all together.</summary>
    public string? GroupBy { get; init; }

    /// <summary>That member's alone. Default: all that the caller sees.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Default: 30 days or 24 hours up to <see cref="Until"/>.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Default: now.</summary>
    public DateTimeOffset? Until { get; init; }

    internal Query Query => new Query()
        .Add("bucket_width", BucketWidth).Add("group_by", GroupBy).Add("user_id", UserId)
        .Add("since", Since?.UtcDateTime.ToString("O")).Add("until", Until?.UtcDateTime.ToString("O"));
}
