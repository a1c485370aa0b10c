using System.Text;
using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ImportTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_file_comes_in_once_and_what_is_wrong_with_it_is_told()
    {
        await using var page = await chromium.SignedInAsync(server, "/import");
        var lines = """
            {"messages": [{"role": "user", "content": "What is a berm?"}, {"role": "assistant", "content": "A bank of earth."}]}
            {"messages": [{"role": "nobody", "content": "?"}]}
            """;

        await ChooseAsync(page, lines);
        await page.Page.GetByRole(AriaRole.Status).GetByText("1 conversation imported with 2 messages, 0 there already, 1 with something wrong.").WaitForAsync();
        await page.Page.GetByText("line 2").WaitForAsync();
        await page.ShotAsync("import");
        await ChooseAsync(page, lines);
        await page.Page.GetByRole(AriaRole.Status).GetByText("0 conversations imported with 0 messages, 1 there already").WaitForAsync();
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused()
    {
        await using var page = await chromium.SignedInAsync(server, "/import");

        await ChooseAsync(page, """{"workflows": []}""");

        await page.Page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    static Task ChooseAsync(WatchedPage page, string text) => page.Page.GetByLabel("File").SetInputFilesAsync(
        new FilePayload { Name = "conversations.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(text) });
}
