namespace Overmind.Conversations;

/// <summary>How messages are chosen that leave a context window.</summary>
public enum PruneStrategy
{
    /// <summary>The oldest, one by one, a call of tools with its results.</summary>
    Fifo,

    /// <summary>The oldest exchanges, each as a whole: from one question to the next.</summary>
    SlidingWindow,

    /// <summary>The oldest, and a model's summary of exactly those takes their place.</summary>
    Summarize,

    /// <summary>The least important, and a model's summary of exactly those takes their place.</summary>
    Hybrid,
}
