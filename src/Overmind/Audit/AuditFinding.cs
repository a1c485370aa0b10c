namespace Overmind.Audit;

/// <summary>A place where the audit log is not as it was sealed.</summary>
/// <param name="Problem">changed_row, removed_row, inserted_row, changed_details, broken_seal, missing_seal or changed_seal.</param>
/// <param name="Seal">Number of the seal it concerns; null when none does.</param>
/// <param name="Id">The act; null when it concerns a seal.</param>
/// <param name="Text">The same in words.</param>
sealed record AuditFinding(string Problem, long? Seal, Guid? Id, string Text);
