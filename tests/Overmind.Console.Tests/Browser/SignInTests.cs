using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class SignInTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task Signing_in_works_without_scripts_and_says_what_went_wrong()
    {
        await using var page = await chromium.OpenAsync(server, scripts: false);
        await page.Page.GotoAsync("/runs");
        await page.Page.GetByLabel("E-mail").FillAsync(ConsoleServer.Email);
        await page.Page.GetByLabel("Password").FillAsync("wrong");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldBe("E-mail or password is wrong.");
        await page.ShotAsync("sign-in-refused");

        await page.Page.GetByLabel("E-mail").FillAsync(ConsoleServer.Email);
        await page.Page.GetByLabel("Password").FillAsync(ConsoleServer.Password);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        new Uri(page.Page.Url).AbsolutePath.ShouldBe("/runs");
    }

    [Fact]
    public async Task Signing_out_closes_the_door()
    {
        // A session of its own: the one that the other tests share is to go on.
        await using var page = await chromium.OpenAsync(server);
        await page.SignInAsync("/runs", ConsoleServer.Email, ConsoleServer.Password);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Page.GetByLabel("Password").WaitForAsync();

        await page.Page.GotoAsync("/conversations");

        new Uri(page.Page.Url).AbsolutePath.ShouldBe("/sign-in");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/conversations/not-an-id")]
    [InlineData("/favicon.ico")]
    public async Task An_address_that_names_nothing_says_so(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };

        using var answer = await http.GetAsync(path);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is no such page");
    }

    [Fact]
    public async Task What_is_the_apis_stays_the_apis()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };

        using var unknown = await http.GetAsync("/v1/nowhere");
        using var wrong = await http.PutAsync("/v1/conversations", null);

        unknown.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        unknown.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        wrong.StatusCode.ShouldBe(System.Net.HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_viewer_reads_what_is_shared_and_may_not_ask()
    {
        var run = await server.AskedAsync();
        await server.Conversations.UpdateAsync(
            await server.ClaimsAsync(), run.ConversationId, new ConversationPatch { Visibility = Visibility.Organization }, null, CancellationToken.None);
        var secret = await server.AskedAsync();
        await server.AddMemberAsync("viewer@example.org", "let me see it", "viewer");
        await using var page = await chromium.OpenAsync(server);

        await page.SignInAsync($"/conversations/{run.ConversationId}", "viewer@example.org", "let me see it");

        await page.Page.Locator(".message.assistant").WaitForAsync();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).IsDisabledAsync()).ShouldBeTrue();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).CountAsync()).ShouldBe(0);
        await page.Page.GotoAsync($"/conversations/{secret.ConversationId}");
        await page.Page.GetByText("There is no such conversation").WaitForAsync();
        await page.ShotAsync("not-found");
    }
}
