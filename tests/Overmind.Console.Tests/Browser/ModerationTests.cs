using Microsoft.Playwright;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class ModerationTests(FastServer server, Chromium chromium)
{
    [Fact]
    public async Task What_was_flagged_waits_for_a_review_and_is_approved_where_it_stands()
    {
        var claims = await server.ClaimsAsync();
        var conversation = await server.Conversations.CreateAsync(claims, new NewConversation { Title = "Of review" }, CancellationToken.None);
        var message = await server.Conversations.AppendAsync(claims, conversation.Id, new NewMessage { Content = "Write to the gardener." }, CancellationToken.None);
        await server.ExecuteAsync(
            """
            update messages
            set moderation_status = 'flagged', moderated_at = now(),
                moderation_flags = '[{"code": "gardener", "category": "pattern", "detail": "The text has what the pattern looks for.", "source": "rule", "at": "2026-01-01T00:00:00Z"}]'
            where id = $1
            """, message.Id);
        await using var page = await chromium.SignedInAsync(server, "/moderation?status=flagged");

        var item = page.Page.Locator(".review").Filter(new() { HasText = "Write to the gardener." });
        await item.GetByText("gardener", new() { Exact = true }).WaitForAsync();
        await page.ShotAsync("moderation");
        await item.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await item.GetByText("approved", new() { Exact = true }).First.WaitForAsync();
    }
}
