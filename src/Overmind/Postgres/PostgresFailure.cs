using Npgsql;
using Overmind.Errors;

namespace Overmind.Postgres;

/// <summary>What a failure of the database means to a caller, where it means anything to one.</summary>
public static class PostgresFailure
{
    /// <summary>Of <c>overmind.refuse_when_suspended()</c>.</summary>
    internal const string OrganizationSuspended = "OV002";

    // Of overmind.organization_members_before_change().
    const string MemberLimit = "OV003";
    const string LastAdmin = "OV004";

    /// <summary>Of <c>overmind.hold_file_space()</c>.</summary>
    internal const string StorageLimit = "OV005";

    /// <summary>The error to tell, or null when the failure is the server's own.</summary>
    public static OvermindException? Translate(Exception failure) => failure switch
    {
        PostgresException refused => Refused(refused),
        NpgsqlException => Unavailable(failure),
        _ => null,
    };

    static OvermindException? Refused(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire => new(
            ErrorCode.InvalidText, "The text holds a character that cannot be stored, as NUL (U+0000).", inner: refused),
        OrganizationSuspended => new(ErrorCode.OrganizationSuspended, refused.MessageText, inner: refused),
        MemberLimit => new(ErrorCode.MemberLimitReached, refused.MessageText, inner: refused),
        LastAdmin => new(ErrorCode.LastAdmin, refused.MessageText, inner: refused),
        PostgresErrorCodes.InsufficientPrivilege => new(
            ErrorCode.Forbidden, "Your role in the organization does not allow this.", inner: refused),
        PostgresErrorCodes.CheckViolation => new(
            ErrorCode.InvalidValue, $"A value breaks the rule {refused.ConstraintName}.", inner: refused),
        PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.StringDataRightTruncation => new(
            ErrorCode.InvalidValue, "A value is larger than can be stored.", inner: refused),
        PostgresErrorCodes.ForeignKeyViolation => new(
            ErrorCode.InvalidValue, $"A value names something that does not exist ({refused.ConstraintName}).", inner: refused),
        PostgresErrorCodes.UniqueViolation => new(
            ErrorCode.InvalidValue, $"A value is taken already ({refused.ConstraintName}).", inner: refused),
        _ when IsUnavailable(refused.SqlState) => Unavailable(refused),
        _ => null,
    };

    // 08: connection; 53: out of connections, memory, disk; 57P: shutting down or starting; 40: serialization, deadlock; 25006: read-only after a failover.
    static bool IsUnavailable(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("40", StringComparison.Ordinal)
        || state == PostgresErrorCodes.ReadOnlySqlTransaction;

    static OvermindException Unavailable(Exception inner) =>
        new(ErrorCode.DatabaseUnavailable, "The database cannot be reached at the moment. Try again.", inner: inner) { RetryAfter = TimeSpan.FromSeconds(1) };
}
