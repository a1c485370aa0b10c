using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>A page that is watched: when the test is done, nothing went wrong in the browser, and no other host was asked for anything.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    readonly string origin;
    readonly List<string> faults = [];

    public WatchedPage(IPage page, string origin)
    {
        (Page, this.origin) = (page, origin);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Fault($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Fault($"script: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Fault($"another host: {request.Url}");
        };
        page.WebSocket += (_, socket) =>
        {
            if (!socket.Url.StartsWith(origin.Replace("http://", "ws://", StringComparison.Ordinal), StringComparison.Ordinal)) Fault($"another host: {socket.Url}");
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) Fault($"{response.Status} {response.Url}");
        };
        page.Dialog += (_, dialog) =>
        {
            Fault($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>True when the test itself takes the server away, which the browser reports.</summary>
    public bool ExpectsFaults { get; set; }

    public async Task SignInAsync(string path = "/", string email = ConsoleServer.Email, string password = ConsoleServer.Password)
    {
        await Page.GotoAsync(path);
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.Locator(".shell").WaitForAsync();
    }

    /// <summary>Asks in a new conversation, by the keyboard.</summary>
    public async Task AskAsync(string question)
    {
        await Page.GotoAsync("/conversations/new");
        await Page.GetByLabel("Your question").FillAsync(question);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Waits until the run that is shown has this status: one that is meant to be watched takes ten seconds, and more where others use the machine.</summary>
    public Task StatusAsync(string status) => Page.Locator(".run-head .tag", new() { HasTextString = status }).First.WaitForAsync(new() { Timeout = 60_000 });

    /// <summary>Waits until the page's address is as a pattern says. The driver's own waiting can miss a change that comes while it begins to wait.</summary>
    public Task AtAsync([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        Assertions.Expect(Page).ToHaveURLAsync(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>A picture for people to look at, in <c>artifacts/screenshots</c>.</summary>
    public async Task ShotAsync(string name)
    {
        await Page.EvaluateAsync("document.fonts.ready");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("artifacts", "screenshots", $"{name}.png") });
    }

    /// <summary>How far the page can be scrolled sideways, in pixels.</summary>
    public Task<int> SidewaysAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        if (!ExpectsFaults) faults.ShouldBeEmpty();
    }

    void Fault(string what)
    {
        lock (faults) faults.Add(what);
    }
}
