using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>The API's reference page; <see cref="WatchedPage"/> sees to it that nothing is asked of another host and no policy is broken.</summary>
[Collection<FastServer>]
public class ReferenceTests(FastServer server, Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_reference_is_read_without_a_request_to_anybody_else(int width)
    {
        await using var page = await chromium.OpenAsync(server, width);
        await page.Page.GotoAsync("/reference");
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Ask a question", Exact = true }).ClickAsync();
        new Uri(page.Page.Url).Fragment.ShouldBe("#createRun");
        await page.Page.Locator("#createRun").GetByText("/v1/conversations/{conversation_id}/runs").WaitForAsync();
        await page.Page.Locator("#createRun a", new() { HasTextString = "NewRun" }).ClickAsync();
        await page.Page.Locator("#schema-NewRun").GetByText("max_n2_iterations").WaitForAsync();
        (await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        await page.ShotAsync($"reference-{width}");
    }

    [Fact]
    public async Task Each_route_of_the_document_is_there()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        var html = await http.GetStringAsync("/reference");
        html.ShouldNotContain("<script");
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json")));
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
            html.ShouldContain($"<code>{path.Name}</code>");
    }
}
