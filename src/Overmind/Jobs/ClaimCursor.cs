namespace Overmind.Jobs;

/// <summary>How far a worker has claimed in the waiting jobs of a kind and an organization.</summary>
sealed record ClaimCursor(int Priority, DateTimeOffset RunAt, Guid Id)
{
    public static ClaimCursor Of(Job job) => new(job.Priority, job.RunAt, job.Id);

    public bool IsAfter(ClaimCursor other) => (Priority, RunAt).CompareTo((other.Priority, other.RunAt)) is var order and not 0
        ? order > 0
        // As PostgreSQL compares, byte for byte.
        : Id.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(other.Id.ToByteArray(bigEndian: true)) > 0;
}
