namespace Overmind.Postgres.Embedded;

/// <summary>Where a private PostgreSQL cluster lives and how carefully it writes.</summary>
sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder that holds the cluster (<c>postgres/</c>) and its credentials. Created when absent. One cluster a folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>True (default): committed data survives a crash of the machine. False: no fsync, for clusters that are thrown away.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Receives a line for each thing that takes time or goes wrong. Default: nowhere.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
