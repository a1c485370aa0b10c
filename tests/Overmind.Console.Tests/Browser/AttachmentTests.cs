using System.Text;
using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class AttachmentTests(FastServer server, Chromium chromium)
{
    // A square of one violet pixel.
    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_question_takes_files_along_which_its_message_shows()
    {
        await using var page = await chromium.SignedInAsync(server, "/conversations/new");
        await page.Page.GetByLabel("Attach files").SetInputFilesAsync(
            [File("keel.txt", "text/plain", Encoding.UTF8.GetBytes("The keel is of lead.")), File("chart.png", "image/png", Png), File("lie.png", "image/png", "no picture"u8.ToArray())]);
        var files = page.Page.GetByRole(AriaRole.List, new() { Name = "Attached files" });
        await files.GetByRole(AriaRole.Alert).GetByText("image/png").WaitForAsync();
        await page.ShotAsync("attached");
        await files.GetByRole(AriaRole.Button, new() { Name = "Remove lie.png" }).ClickAsync();
        await files.GetByText("lie.png").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Page.GetByLabel("Your question").FillAsync("Of what is the keel?");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        var message = page.Page.Locator(".message.user");
        await message.GetByRole(AriaRole.Img, new() { Name = "chart.png" }).WaitForAsync();
        // It is there, and no broken picture.
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.message.user .files img').naturalWidth === 1");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => message.GetByRole(AriaRole.Link, new() { Name = "keel.txt" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("keel.txt");
        await page.StatusAsync("succeeded");
        await page.Page.Locator(".message.assistant").GetByText("keel.txt").First.WaitForAsync();
        (await files.CountAsync()).ShouldBe(0);
        await page.ShotAsync("attachments");
    }

    static FilePayload File(string name, string type, byte[] bytes) => new() { Name = name, MimeType = type, Buffer = bytes };
}
