namespace Overmind.Usage;

/// <summary>How a call of the ledger ended.</summary>
enum CallOutcome
{
    Succeeded,

    /// <summary>The provider refused it or broke off.</summary>
    Failed,

    /// <summary>Its caller went away, or stopped it.</summary>
    Stopped,

    /// <summary>The process that made it died.</summary>
    Lost,

    /// <summary>Answered from the response cache: nothing was used.</summary>
    Cached,
}
