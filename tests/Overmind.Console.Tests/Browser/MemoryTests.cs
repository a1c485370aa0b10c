using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Conversations;
using Overmind.Memory;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class MemoryTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_memory_is_filtered_corrected_pinned_forgotten_and_brought_back()
    {
        var claims = await server.ClaimsAsync();
        var memories = server.Services.GetRequiredService<MemoryService>();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Of hedges" }, CancellationToken.None);
        var message = await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "Ours is hornbeam." }, CancellationToken.None);
        await memories.CreateAsync(
            claims, new NewMemory { MemoryType = MemoryType.Semantic, Content = "Hedge: of hornbeam <b>mostly</b>", SourceMessageId = message.Id }, CancellationToken.None);
        await memories.CreateAsync(claims, new NewMemory { MemoryType = MemoryType.Procedural, Content = "Trim the hedge:\n1. Wait for June\n2. Cut" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/memories");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Trim the hedge" }).WaitForAsync();
        await page.ShotAsync("memories");
        await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Type" }).GetByText("semantic").ClickAsync();
        await page.AtAsync("type=semantic");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Hedge: of hornbeam" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        (await dialog.GetByRole(AriaRole.Link, new() { Name = "The conversation it comes from" }).GetAttributeAsync("href")).ShouldBe($"conversations/{conversation.Id}");
        await page.ShotAsync("memory");
        await dialog.GetByLabel("What it is").FillAsync("of beech");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Store" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Hedge: of beech" }).WaitForAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin “Hedge: of beech”", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "pinned", Exact = true }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Forget “Hedge: of beech”" }).ClickAsync();
        await page.Page.GetByText("The memory is forgotten.").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Hedge: of beech" }).WaitForAsync();
        (await memories.ListAsync(claims, new MemoryFilter { Pinned = true, MemoryType = MemoryType.Semantic }, new PageRequest(), CancellationToken.None)).Items.Single().VersionNumber.ShouldBe(2);
    }

    [Fact]
    public async Task A_memory_is_found_by_a_question_and_says_why()
    {
        await server.Services.GetRequiredService<MemoryService>().CreateAsync(
            await server.ClaimsAsync(), new NewMemory { MemoryType = MemoryType.Semantic, Content = "Physician: the ointment helps against sunburn" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/memories?type=semantic");

        await page.Page.GetByLabel("What is remembered of").FillAsync("Which medicine did the doctor name against sunburn?");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.AtAsync("query=Which");

        var first = page.Page.GetByRole(AriaRole.Row).Nth(1);
        await first.GetByRole(AriaRole.Link, new() { Name = "Physician: the ointment" }).WaitForAsync();
        (await first.Locator(".found-because").InnerTextAsync()).ShouldMatch("sunburn.* · meaning 0\\.");
        await page.ShotAsync("memories-found");
        await page.AtAsync("type=semantic");
    }

    [Fact]
    public async Task Memories_fit_a_phone()
    {
        await server.Services.GetRequiredService<MemoryService>().CreateAsync(
            await server.ClaimsAsync(), new NewMemory { MemoryType = MemoryType.Episodic, Content = "It rained on the phone, and went on raining for so long that a line would be too short." }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, "/memories", 360, 780);
        var row = page.Page.GetByRole(AriaRole.Link, new() { Name = "It rained on the phone" });
        await row.WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
        await page.ShotAsync("phone-memories");
        await row.ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByLabel("What happened").WaitForAsync();
        (await page.SidewaysAsync()).ShouldBe(0);
    }
}
