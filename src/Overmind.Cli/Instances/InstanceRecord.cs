namespace Overmind.Cli.Instances;

/// <summary>What a running instance tells the other verbs, in <c>instance.json</c> (mode 0600: the database's password is in it).</summary>
sealed record InstanceRecord
{
    /// <summary>Where it listens; null until it is ready.</summary>
    public string? Url { get; init; }

    public required ProcessIdentity Process { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string Version { get; init; }

    /// <summary>True when the database is the instance's own cluster, false when OVERMIND_DATABASE_URL named it.</summary>
    public required bool Embedded { get; init; }

    /// <summary>Npgsql connection string; null until the database is up.</summary>
    public string? DatabaseUrl { get; init; }
}
