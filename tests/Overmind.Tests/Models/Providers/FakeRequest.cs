namespace Overmind.Tests.Models.Providers;

/// <summary>A request as a provider got it.</summary>
public sealed record FakeRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
