using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Agents;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>The pages of agents, workflows and comparisons on a phone and in the dark.</summary>
[Collection<FastServer>]
public class EditingLayoutTests(FastServer server, Chromium chromium)
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(800, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Nothing_sticks_out(int width, ColorScheme scheme)
    {
        var claims = await server.ClaimsAsync();
        var agents = await server.Services.GetRequiredService<AgentService>().ListAsync(claims, PageRequest.First, new AgentFilter { Key = "creative" }, CancellationToken.None);
        var (left, right) = (await server.AskedAsync(), await server.AskedAsync());
        (string Name, string Path, string There)[] pages =
        [
            ("agents", "/agents", ".rows"),
            ("agent", $"/agents/{agents.Items[0].Id}", "#agent-goal"),
            ("agents-public", "/agents/public", ".filters"),
            ("workflows", "/workflows", ".rows"),
            ("workflow", "/workflows/general-problem-solving", ".order"),
            ("workflow-new", "/workflows/-/new", ".order"),
            ("workflows-public", "/workflows/-/public", ".filters"),
            ("compare", $"/runs/compare?left={left.Id}&right={right.Id}", ".lines"),
            ("compare-choose", $"/runs/compare?left={left.Id}", ".rows"),
        ];
        await using var page = await chromium.SignedInAsync(server, "/agents", width, 900);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        foreach (var (name, path, there) in pages)
        {
            await page.Page.GotoAsync(path);
            await page.Page.Locator(there).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            (await page.SidewaysAsync()).ShouldBe(0, path);
            await page.ShotAsync($"{name}-{width}");
        }
    }
}
