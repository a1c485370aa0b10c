using Microsoft.Extensions.AI;
using Overmind.Usage.Cache;

namespace Overmind.Agents.Completions;

/// <summary>A piece of an answer, or its end.</summary>
/// <param name="Piece">As the model's client gave it; null at the end.</param>
/// <param name="Usage">The last update has it.</param>
/// <param name="Cache">What the response cache did.</param>
public sealed record CompletionUpdate(ChatResponseUpdate? Piece, CompletionUsage? Usage, CacheStatus Cache);
