namespace Overmind.Usage.Cache;

/// <summary>What the response cache did for a call, as the header <c>x-overmind-cache</c> says.</summary>
public enum CacheStatus
{
    /// <summary>It was not asked, and keeps nothing of the call.</summary>
    Off,

    /// <summary>The model was asked.</summary>
    Miss,

    /// <summary>It answered: the same was asked before.</summary>
    Hit,

    /// <summary>It answered: something similar was asked before.</summary>
    SemanticHit,
}
