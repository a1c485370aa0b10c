namespace Overmind.Audit;

/// <summary>How the audit log is sealed.</summary>
public sealed record AuditOptions
{
    /// <summary>
    /// A file outside of the database to which each seal is appended, as a line of JSON. Whoever may change the database may build its chain anew;
    /// what stands in this file they cannot. Default: none.
    /// </summary>
    public string? SealFile { get; init; }
}
