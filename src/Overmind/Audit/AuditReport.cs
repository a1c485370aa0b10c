namespace Overmind.Audit;

/// <summary>What verifying the audit log found.</summary>
/// <param name="Seals">Seals that were looked at.</param>
/// <param name="Rows">Acts that are there and sealed.</param>
/// <param name="Removed">Acts that were removed because their time to be kept was over; their hashes are there.</param>
/// <param name="Erased">Acts whose personal fields were erased; their digests are there.</param>
/// <param name="Unsealed">Acts that are too new to be sealed.</param>
/// <param name="Published">Seals that were compared with a file outside of the database.</param>
/// <param name="LastHash">Hash of the newest seal, in hex; null when there is none.</param>
/// <param name="Findings">Empty: the log is as it was sealed.</param>
sealed record AuditReport(
    long Seals, long Rows, long Removed, long Erased, long Unsealed, long Published, string? LastHash, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Whether the log is as it was sealed.</summary>
    public bool IsIntact => Findings.Count == 0;
}
