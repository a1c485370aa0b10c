namespace Overmind.Postgres;

/// <summary>
/// The SQL of a list's range of creation times. It compares <c>created_at</c> itself and derives no bounds of ids from it, though these are
/// UUIDv7: whoever makes a row may give it an id of another time, or none of a time at all.
/// </summary>
static class CreatedRange
{
    /// <summary>As <c> and created_at &gt;= $3</c>: for the end of a condition, with its times added to the statement's parameters; empty without a range.</summary>
    // In the text only where it is asked for: behind "$3 is null or" a plan for all executions could not use an index.
    public static string And(TimeRange? range, List<object?> parameters, string column = "created_at")
    {
        return Side(">=", range?.From) + Side("<", range?.Before);

        string Side(string comparison, DateTimeOffset? time)
        {
            if (time is not { } bound)
                return "";
            parameters.Add(bound.UtcDateTime);
            return $" and {column} {comparison} ${parameters.Count}";
        }
    }
}
