namespace Overmind.Usage.Cache;

/// <summary>How a call goes on: with an answer that is there, or to the model, with others waiting for it or not.</summary>
sealed record CachedCall(FoundAnswer? Found, CacheFlight? Flight);
