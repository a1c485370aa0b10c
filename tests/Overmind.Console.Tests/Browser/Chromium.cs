using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

/// <summary>Debian's Chromium, started when the first test needs it. <c>./overmind test</c> installs it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    const string Program = "/usr/bin/chromium";

    /// <summary>How long a test waits for what it expects, in milliseconds.</summary>
    const int Patience = 60_000;

    readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>A page of a browser that has never been here.</summary>
    public async Task<WatchedPage> OpenAsync(ConsoleServer server, int width = 1440, int height = 900, bool scripts = true)
    {
        var context = await ContextAsync(server, width, height, scripts, null);
        return new WatchedPage(await context.NewPageAsync(), server.Url);
    }

    /// <summary>A page of a browser in which the admin is signed in.</summary>
    public async Task<WatchedPage> SignedInAsync(ConsoleServer server, string path = "/", int width = 1440, int height = 900)
    {
        if (server.SignedIn is null)
        {
            await using var first = await OpenAsync(server);
            await first.SignInAsync();
            server.SignedIn = await first.Page.Context.StorageStateAsync();
        }

        var context = await ContextAsync(server, width, height, scripts: true, server.SignedIn);
        var page = new WatchedPage(await context.NewPageAsync(), server.Url);
        await page.Page.GotoAsync(path);
        await page.Page.Locator(".shell").WaitForAsync();
        return page;
    }

    async Task<IBrowserContext> ContextAsync(ConsoleServer server, int width, int height, bool scripts, string? state)
    {
        var context = await (await started.Value).Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = scripts,
            Locale = "en-GB",
            TimezoneId = "Asia/Tokyo",
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = ColorScheme.Light,
            StorageState = state,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (playwright, browser) = await started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        File.Exists(Program).ShouldBeTrue("Chromium is not installed: apt-get install chromium, or ./overmind test");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            // Debian's asks a graphics card to draw; without one that is done in software, and slowly.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--disable-gpu", "--disable-gpu-rasterization"],
        }));
    }
}
