using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Agents;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class WorkflowPagesTests(FastServer server, Chromium chromium)
{
    WorkflowService Workflows => server.Services.GetRequiredService<WorkflowService>();

    [Fact]
    public async Task A_workflow_is_made_versioned_compared_activated_rated_and_rolled_back()
    {
        var key = $"launch-{Guid.CreateVersion7():N}";
        await using var page = await chromium.SignedInAsync(server, "/workflows/-/new");
        await page.Page.GetByLabel("Name").FillAsync("Launch review");
        await page.Page.Locator("#workflow-key").FillAsync(key);
        await page.Page.GetByLabel("Category").FillAsync("Product");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the workflow" }).ClickAsync();
        await page.Page.GetByText("A workflow has at least one agent.").WaitForAsync();
        foreach (var agent in new[] { "creative", "structural", "decision" })
        {
            await page.Page.GetByLabel("Agent to add").SelectOptionAsync(agent);
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await page.Page.Locator($".order a:text('{char.ToUpperInvariant(agent[0])}{agent[1..]}')").WaitForAsync();
        }

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the workflow" }).ClickAsync();
        await page.AtAsync($@"/workflows/{key}$");
        await page.Page.GetByText("so what it does stays as it is").WaitForAsync();

        await page.Page.Locator(".head").GetByRole(AriaRole.Button, new() { Name = "New version" }).ClickAsync();
        await page.AtAsync($@"/workflows/{key}\?version=2$");
        await page.Page.Locator("#workflow-threshold").FillAsync("8.5");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Move Decision Clarity up" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator(".order li:nth-child(2)", new() { HasTextString = "Decision" }).WaitForAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator(".order li:nth-child(1)", new() { HasTextString = "Decision" }).WaitForAsync();
        await page.Page.Locator(".order li:nth-child(3)").DragToAsync(page.Page.Locator(".order li:nth-child(2)"));
        await page.Page.Locator(".order li:nth-child(2)", new() { HasTextString = "Structural" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await page.Page.GetByText("Stored.").WaitForAsync();
        (await Workflows.GetAsync(await server.ClaimsAsync(), key, 2, CancellationToken.None)).Agents.ShouldBe(["decision", "structural", "creative"]);
        await page.ShotAsync("workflow");

        await page.Page.Locator(".versions").GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await page.Page.GetByText("Version 1 and version 2").WaitForAsync();
        (await page.Page.Locator(".diff-page tbody tr").First.InnerTextAsync()).ShouldBe("Quality threshold\t–\t8.5");
        (await page.Page.Locator(".diff-agents .moved").CountAsync()).ShouldBeGreaterThan(0);
        await page.Page.ReloadAsync();
        await page.Page.GetByText("Version 1 and version 2").WaitForAsync();
        await page.ShotAsync("workflow-diff");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Close the comparison" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "active" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Rate it 4 stars" }).ClickAsync();
        await page.Page.GetByText("You gave 4 stars").WaitForAsync();
        await page.Page.ReloadAsync();
        await page.Page.GetByText("You gave 4 stars").WaitForAsync();
        await page.Page.Locator(".versions").GetByRole(AriaRole.Link, new() { Name = "Version 1" }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Roll back to it" }).ClickAsync();
        await page.Page.Locator(".head .tag", new() { HasTextString = "active" }).WaitForAsync();
        (await Workflows.GetAsync(await server.ClaimsAsync(), key, null, CancellationToken.None)).Version.ShouldBe(1);
        await page.Page.GotoAsync("/workflows?sort=category");
        await page.Page.Locator(".rows a", new() { HasTextString = "Launch review" }).First.WaitForAsync();
        await page.ShotAsync("workflows");
    }

    [Fact]
    public async Task A_draft_is_tried_without_being_activated_and_a_workflow_is_deleted_and_restored()
    {
        var claims = await server.ClaimsAsync();
        var key = $"tried-{Guid.CreateVersion7():N}";
        await Workflows.CreateAsync(claims, new NewWorkflow { Key = key, Name = "Tried", Agents = ["creative"] }, CancellationToken.None);
        await Workflows.AddVersionAsync(claims, key, null, Guid.CreateVersion7(), new WorkflowPatch(), CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/workflows/{key}?version=2");
        await page.Page.GetByLabel("A question for this version").FillAsync("Which risks has a launch in May?");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Ask in a new conversation" }).ClickAsync();
        await page.AtAsync(@"/conversations/.*");
        await page.StatusAsync("succeeded");

        var conversation = Guid.Parse(page.Page.Url[(page.Page.Url.LastIndexOf('/') + 1)..]);
        var run = (await server.Runs.ListAsync(claims, conversation, null, PageRequest.First, CancellationToken.None)).Items.Single();
        (run.Workflow.Key, run.Workflow.Version).ShouldBe((key, 2));
        (await Workflows.GetAsync(claims, key, null, CancellationToken.None)).Version.ShouldBe(1);

        await page.Page.GotoAsync($"/workflows/{key}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await page.AtAsync($@"/workflows/{key}$");
        await page.Page.Locator("h1", new() { HasTextString = "Tried" }).WaitForAsync();
    }

    [Fact]
    public async Task A_workflow_that_is_not_there_says_so()
    {
        await using var page = await chromium.SignedInAsync(server, "/workflows/never-made");
        await page.Page.GetByText("There is no such workflow").WaitForAsync();
    }
}
