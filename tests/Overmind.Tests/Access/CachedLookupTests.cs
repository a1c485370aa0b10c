using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Tests.Access;

public sealed class CachedLookupTests
{
    /// <summary>With tags, each first look-up of a process waits for the thread pool: all of its threads wait where many requests come to a server that has just begun.</summary>
    [Fact]
    public async Task A_look_up_in_memory_asks_nothing_about_tags()
    {
        await using var services = new ServiceCollection().AddLogging().AddOvermind(options => options.DatabaseUrl = "postgres://nobody@127.0.0.1/none").BuildServiceProvider();
        var cache = services.GetRequiredService<IFusionCache>();
        cache.Set("key", "value");

        cache.TryGet<string>("key").Value.ShouldBe("value");
        Should.Throw<InvalidOperationException>(() => cache.RemoveByTag("any"));
    }
}
