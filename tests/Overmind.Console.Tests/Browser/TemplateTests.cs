using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class TemplateTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task A_template_is_written_tried_stored_and_a_conversation_begun_with_it()
    {
        await using var page = await chromium.SignedInAsync(server, "/templates");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "New template" }).ClickAsync();
        var name = $"Greeting {Guid.CreateVersion7():N}";
        await page.Page.Locator("#template-name").FillAsync(name);
        await page.Page.Locator("#segment-1-content").FillAsync("You help {{customer}} in a {{tone}} tone.");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Locator("#variable-tone-type").SelectOptionAsync("Enum");
        await page.Page.Locator("#variable-tone-values").FillAsync("dry, warm");
        await page.Page.Keyboard.PressAsync("Tab");
        var preview = page.Page.GetByRole(AriaRole.Complementary, new() { Name = "What it comes to" });
        await preview.GetByText("The variable customer is missing.").WaitForAsync();
        await preview.Locator("#try-customer").FillAsync("Ada");
        await page.Page.Keyboard.PressAsync("Tab");
        await preview.Locator("#try-tone").SelectOptionAsync("warm");
        await preview.Locator(".sample", new() { HasTextString = "You help Ada in a warm tone." }).WaitForAsync();
        await preview.GetByText("8 tokens", new() { Exact = true }).WaitForAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the template" }).ClickAsync();
        await page.AtAsync("/templates/[0-9a-f-]{36}$");
        await page.Page.GetByText("version 1").WaitForAsync();
        await page.ShotAsync("template");
        await page.Page.Locator("#segment-1-content").FillAsync("You help {{customer}} in a {{tone}} tone, and in few words.");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByText("version 2").WaitForAsync();

        await preview.GetByRole(AriaRole.Button, new() { Name = "Begin a conversation" }).ClickAsync();
        await page.AtAsync("/conversations/[0-9a-f-]{36}$");
        await page.Page.GetByText("You help Ada in a warm tone, and in few words.").First.WaitForAsync();

        await page.Page.GotoAsync("/templates");
        await page.Page.Locator("tr", new() { HasTextString = name }).GetByText("1 use", new() { Exact = true }).WaitForAsync();
        await page.ShotAsync("templates");
    }

    [Fact]
    public async Task What_is_no_template_is_told_where_it_is_wrong_and_a_deleted_one_comes_back()
    {
        await using var page = await chromium.SignedInAsync(server, "/templates/new");
        var name = $"Broken {Guid.CreateVersion7():N}";
        await page.Page.Locator("#template-name").FillAsync(name);
        await page.Page.Locator("#segment-1-content").FillAsync("{{#if customer}}Hello{{/if}}");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the template" }).ClickAsync();
        await page.Page.Locator(".edit-error", new() { HasTextString = "no conditions, loops or braces within" }).WaitForAsync();
        await page.Page.Locator("#segment-1-content").FillAsync("Hello.");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the template" }).ClickAsync();
        await page.AtAsync("/templates/[0-9a-f-]{36}$");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.Page.GetByText("The template was deleted.").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await page.Page.Locator("h1", new() { HasTextString = name }).WaitForAsync();
    }
}
