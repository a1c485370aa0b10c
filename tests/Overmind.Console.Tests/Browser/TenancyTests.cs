using Microsoft.Playwright;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<TenancyServer>]
public class TenancyTests(TenancyServer server, Chromium chromium)
{
    [Fact]
    public async Task Members_get_roles_and_permissions_and_are_removed()
    {
        await MemberAsync("grace@example.org", "Grace");
        await using var page = await chromium.SignedInAsync(server, "/members");
        await page.Page.GetByLabel("Role of Grace").SelectOptionAsync("viewer");
        await page.Page.GetByLabel("Permissions of Grace: none").ClickAsync();
        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Permissions of Grace" }).GetByLabel("audit.read").CheckAsync();
        await page.Page.GetByLabel("Permissions of Grace: audit.read").WaitForAsync();
        await Assertions.Expect(page.Page.GetByText("grace@example.org")).ToBeVisibleAsync();
        await page.ShotAsync("members");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByLabel("Role of Grace")).ToHaveValueAsync("viewer");
        await page.Page.GetByLabel("Permissions of Grace: audit.read").ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Group, new() { Name = "Permissions of Grace" }).GetByLabel("audit.read")).ToBeCheckedAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Grace" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("grace@example.org")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Leave the organization" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await page.Page.GetByText("The organization has no other admin").WaitForAsync();
    }

    [Fact]
    public async Task An_organization_is_renamed_and_what_is_wrong_stands_beside_it()
    {
        await using var page = await chromium.SignedInAsync(server, "/organization");
        await page.Page.GetByLabel("Slug").FillAsync("No slug");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".setting.refused").GetByText("as acme-labs").WaitForAsync();
        await page.Page.GetByLabel("Slug").FillAsync("ada-labs");
        await page.Page.GetByLabel("Features", new() { Exact = true }).FillAsync("chat highlights");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored.").WaitForAsync();
        await page.ShotAsync("organization");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByLabel("Slug")).ToHaveValueAsync("ada-labs");
        await Assertions.Expect(page.Page.GetByLabel("Features", new() { Exact = true })).ToHaveValueAsync("chat highlights");
    }

    [Fact]
    public async Task An_organization_is_cancelled_and_taken_back_and_every_page_says_so()
    {
        await using var page = await chromium.SignedInAsync(server, "/organization");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the organization…" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        await page.Page.GetByText("This organization is cancelled").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take the cancellation back" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the organization…" }).WaitForAsync();
        await Assertions.Expect(page.Page.GetByText("This organization is cancelled")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_higher_tier_is_chosen_at_once_and_a_lower_one_for_the_next_period()
    {
        await server.ExecuteAsync("update subscription_tiers set is_offered = true where tier_name = 'pro'");
        try
        {
            await using var page = await chromium.SignedInAsync(server, "/organization");
            await page.Page.GetByLabel("Tier", new() { Exact = true }).SelectOptionAsync("pro");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "pro until" })).ToBeVisibleAsync();
            await page.ShotAsync("tier");
            await page.Page.GetByLabel("Tier", new() { Exact = true }).SelectOptionAsync("free");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "then free" })).ToBeVisibleAsync();
        }
        finally
        {
            await server.ExecuteAsync("update subscription_tiers set is_offered = false where tier_name = 'pro'");
        }
    }

    [Fact]
    public async Task A_profile_is_written_and_a_zone_that_is_none_is_refused()
    {
        await using var page = await chromium.SignedInAsync(server, "/settings");
        await page.Page.GetByLabel("Time zone").FillAsync("Mars/Olympus");
        await page.Page.GetByLabel("Time zone").BlurAsync();
        await page.Page.GetByText("timezone is the IANA name of a zone").WaitForAsync();
        await page.Page.GetByLabel("Time zone").FillAsync("Europe/Paris");
        await page.Page.GetByLabel("Time zone").BlurAsync();
        await Assertions.Expect(page.Page.GetByText("timezone is the IANA name of a zone")).ToHaveCountAsync(0);
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByLabel("Time zone")).ToHaveValueAsync("Europe/Paris");
    }

    [Fact]
    public async Task Who_belongs_to_two_organizations_switches_between_them_and_a_suspended_one_says_so()
    {
        await server.ExecuteAsync(
            "select overmind.set_organization_state(organization_id, 'suspended', 'An invoice is open.') from overmind.create_organization('Second house', 'second-house', $1, 'Ada', null)",
            ConsoleServer.Email);
        try
        {
            await using var page = await chromium.SignedInAsync(server, "/members");
            await page.Page.GetByLabel("Organization", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Second house" });
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Switch organization" }).ClickAsync();
            await page.Page.GetByText("An invoice is open.").WaitForAsync();
            await page.ShotAsync("suspended");
            // The device is listed where it acts now.
            (await server.ScalarAsync<long>(
                """
                select count(*)
                from sessions s
                join organizations o on o.id = s.organization_id
                where o.slug = 'second-house' and s.device_type = 'web' and s.revoked_at is null
                """)).ShouldBe(1);
        }
        finally
        {
            await server.ExecuteAsync("select overmind.set_organization_state(id, 'deleted') from organizations where slug = 'second-house'");
        }
    }

    Task MemberAsync(string email, string name) => server.ExecuteAsync(
        "with person as (insert into users (email, name) values ($1, $2) returning id) select overmind.join_organization(o.id, p.id, 'user') from organizations o, person p order by o.created_at limit 1",
        email, name);
}
