using System.Buffers.Binary;

namespace Overmind.Usage;

/// <summary>
/// The months of the ledger that rows stand in, by their ids, for a statement's condition. They are literals, so that the plan of a prepared statement has the partitions of these months
/// and no others: one that knows the ids as parameters alone opens every month there is, which took 13 µs a month.
/// </summary>
static class LedgerMonths
{
    // No month after it exists.
    static readonly DateTimeOffset Last = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>As <c>u.id &gt;= '…' and u.id &lt; '…'</c>.</summary>
    /// <param name="ids">UUIDv7, at least one.</param>
    public static string Condition(params IEnumerable<Guid> ids)
    {
        var months = ids.Select(MonthOf).ToList();
        return $"u.id >= '{FirstId(months.Min())}' and u.id < '{FirstId(months.Max().AddMonths(1))}'";
    }

    static DateTimeOffset MonthOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, Last.ToUnixTimeMilliseconds()));
        return new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero);
    }

    static Guid FirstId(DateTimeOffset month)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, month.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
