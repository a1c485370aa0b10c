using Overmind.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

public sealed record CacheAnswer(Guid Id, string Text, CacheStatus Status, PlaygroundResult Result);
