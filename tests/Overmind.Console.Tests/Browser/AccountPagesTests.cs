using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Overmind.Access.Mail;
using Overmind.Testing;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public partial class AccountPagesTests(FastServer server, Chromium chromium)
{
    const string NewPassword = "a long new password";

    [Fact]
    public async Task Somebody_is_invited_joins_by_the_link_and_is_signed_out_from_the_list()
    {
        await using var admin = await chromium.SignedInAsync(server, "/invitations");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).First.ClickAsync();
        await admin.Page.GetByLabel("E-mail").FillAsync("grace@example.org");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Status).WaitForAsync();
        await admin.ShotAsync("invitations");
        await MailAsync("grace@example.org");
        await admin.Page.GotoAsync("/outbox");
        await admin.Page.GetByText("to grace@example.org").WaitForAsync();
        await admin.ShotAsync("outbox");

        await using var guest = await chromium.OpenAsync(server, scripts: false);
        await guest.Page.GotoAsync(await MailAsync("grace@example.org"));
        await guest.Page.GetByLabel("Name").FillAsync("Grace");
        await guest.Page.GetByLabel("Password").FillAsync(NewPassword);
        await guest.ShotAsync("invitation");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        new Uri(guest.Page.Url).AbsolutePath.ShouldBe("/");

        await using var other = await chromium.OpenAsync(server);
        await other.SignInAsync("/sessions", "grace@example.org", NewPassword);
        await other.Page.GetByText("this browser").WaitForAsync();
        await other.ShotAsync("sessions");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Assertions.Expect(other.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await guest.Page.GotoAsync("/conversations");
        new Uri(guest.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await other.Page.GotoAsync("/outbox");
        await other.Page.Locator(".state").WaitForAsync();
        (await other.Page.Locator(".outbox-mail").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Signing_up_and_a_forgotten_password_work_without_scripts()
    {
        await using var page = await chromium.OpenAsync(server, scripts: false);
        await page.Page.GotoAsync("/sign-in");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Make an account" }).ClickAsync();
        await page.Page.GetByLabel("Name").FillAsync("Joan");
        await page.Page.GetByLabel("E-mail").FillAsync("joan@example.org");
        await page.ShotAsync("sign-up");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        (await page.Page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldContain("A mail is on its way");
        await page.Page.GotoAsync(await MailAsync("joan@example.org"));
        await page.Page.GetByLabel("Password").FillAsync("aaaaaaaaaaaaa");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("at least 12 characters");
        await page.Page.GetByLabel("Password").FillAsync(NewPassword);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        new Uri(page.Page.Url).AbsolutePath.ShouldBe("/");

        await using var later = await chromium.OpenAsync(server, scripts: false);
        await later.Page.GotoAsync("/forgot-password");
        await later.Page.GetByLabel("E-mail").FillAsync("joan@example.org");
        await later.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await later.Page.GotoAsync(await MailAsync("joan@example.org", "A new password"));
        await later.Page.GetByLabel("New password").FillAsync("yet another password");
        await later.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        (await later.Page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldBe("The password is set. Sign in with it.");
        await later.Page.GetByLabel("E-mail").FillAsync("joan@example.org");
        await later.Page.GetByLabel("Password").FillAsync("yet another password");
        await later.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        new Uri(later.Page.Url).AbsolutePath.ShouldBe("/");
    }

    [Theory]
    [InlineData("/confirm?token=nothing")]
    [InlineData("/invitation?token=nothing")]
    public async Task A_link_that_is_not_good_says_so(string path)
    {
        await using var page = await chromium.OpenAsync(server, scripts: false);
        await page.Page.GotoAsync(path);
        (await page.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("Ask for a new one");
    }

    // The path of the link in the newest mail to an address.
    async Task<string> MailAsync(string to, string subject = "")
    {
        var outbox = server.Services.GetRequiredService<Outbox>();
        OutboxMail? mail = null;
        await Poll.UntilAsync(async () => (mail = (await outbox.ListAsync(100, default)).FirstOrDefault(
            m => m.To == to && m.Subject.Contains(subject, StringComparison.Ordinal))) is not null);
        return new Uri(Link().Match(mail!.Text).Value).PathAndQuery;
    }

    [GeneratedRegex(@"http://\S+[?]token=\w+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
