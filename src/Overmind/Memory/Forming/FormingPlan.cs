namespace Overmind.Memory.Forming;

/// <summary>What a job that forms memories finds to do.</summary>
/// <param name="OwnerId">Whoever owns the conversation: calls are made in their name.</param>
/// <param name="Messages">What was said since, the oldest first; nothing from where moderation has still to say.</param>
/// <param name="Now">By the database's clock.</param>
sealed record FormingPlan(FormingMode Mode, Guid OwnerId, IReadOnlyList<SaidMessage> Messages, DateTimeOffset Now)
{
    /// <summary>How long nothing is to be said, so that corrections are read together with what they correct.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>A talk without a pause is read at the latest then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>When to read them; null: now.</summary>
    public DateTimeOffset? Later
    {
        get
        {
            if (Messages.Count == 0)
                return null;
            var last = Messages[^1];
            if (last.SessionEnded || Messages[0].CreatedAt + Longest <= Now)
                return null;
            return last.CreatedAt + Pause is var then && then > Now ? then : null;
        }
    }

    /// <summary>How far each branch is read by it.</summary>
    public IEnumerable<(int Branch, long Was, long Until)> Branches() =>
        Messages.GroupBy(m => m.Branch).Select(b => (b.Key, b.First().WasSeq, b.Max(m => m.Seq)));
}
