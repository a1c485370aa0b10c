using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Overmind.Access;
using Overmind.Agents;

namespace Overmind.WebConsole.Tests.Browser;

[Collection<FastServer>]
public class AgentPagesTests(FastServer server, Chromium chromium)
{
    AgentService Agents => server.Services.GetRequiredService<AgentService>();

    [Fact]
    public async Task An_agent_is_made_with_a_schema_found_copied_deleted_and_restored()
    {
        await using var page = await chromium.SignedInAsync(server, "/agents");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Creative Clarity" }).WaitForAsync();
        await page.ShotAsync("agents");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "New agent" }).ClickAsync();
        await page.Page.GetByLabel("Name").FillAsync("Risk scout");
        await page.Page.Locator("#agent-key").FillAsync("risk scout");
        await page.Page.GetByLabel("Goal").FillAsync("Name what can go wrong before it does.");
        await page.Page.GetByLabel("Backstory").FillAsync("Twenty years of incident reviews.");
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "JSON" }).CheckAsync();
        await page.Page.GetByLabel("JSON Schema").FillAsync("{\"type\": 7}");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Locator(".edit-error", new() { HasTextString = "JSON Schema" }).WaitForAsync();
        await page.Page.GetByLabel("JSON Schema").FillAsync("{\"type\": \"object\", \"required\": [\"risk\"]}");
        await page.Page.GetByLabel("Temperature").FillAsync("1.2");
        await page.Page.GetByText("Inventive:").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the agent" }).ClickAsync();
        await page.Page.Locator(".edit-error", new() { HasTextString = "key has 1 to 100" }).WaitForAsync();
        var key = $"risk-{Guid.CreateVersion7():N}";
        await page.Page.Locator("#agent-key").FillAsync(key);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make the agent" }).ClickAsync();
        await page.AtAsync("/agents/[0-9a-f-]{36}$");

        await Assertions.Expect(page.Page.Locator(".guarded.touched")).ToHaveCountAsync(0);
        await page.Page.ReloadAsync();
        await page.Page.Locator("h1", new() { HasTextString = "Risk scout" }).WaitForAsync();
        (await page.Page.GetByLabel("JSON Schema").InputValueAsync()).ShouldContain("risk");
        await page.ShotAsync("agent");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#agent-key")).ToHaveValueAsync($"{key}-copy");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.Page.GetByText("The agent was deleted.").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await page.Page.Locator("h1", new() { HasTextString = "Risk scout" }).WaitForAsync();

        await page.Page.GotoAsync("/agents");
        await page.Page.GetByLabel("Find an agent").FillAsync($"{key}-copy");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.AtAsync(@"/agents\?q=risk-.*");
        await Assertions.Expect(page.Page.Locator(".rows tbody tr")).ToHaveCountAsync(1);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Inactive" }).ClickAsync();
        await page.Page.GetByText("No agent fits").WaitForAsync();
    }

    [Fact]
    public async Task Of_two_edits_at_once_the_second_sees_the_first_and_decides()
    {
        var claims = await server.ClaimsAsync();
        var agent = await Agents.CreateAsync(
            claims, new NewAgent { Key = $"edited-{Guid.CreateVersion7():N}", Name = "Edited", Goal = "Before.", Backstory = "Known." }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/agents/{agent.Id}");
        await page.Page.GetByLabel("Goal").FillAsync("Mine.");
        await Agents.UpdateAsync(claims, agent.Id, new AgentPatch { Goal = "Theirs." }, null, CancellationToken.None);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await page.Page.GetByText("Somebody changed this agent at").WaitForAsync();
        (await page.Page.Locator(".edit-conflict tbody tr").InnerTextAsync()).ShouldBe("Goal\tTheirs.\tMine.");
        await page.ShotAsync("agent-conflict");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Store mine over it" }).ClickAsync();
        await page.Page.GetByText("Stored. The next run uses it.").WaitForAsync();
        (await Agents.GetAsync(claims, agent.Id, CancellationToken.None)).Goal.ShouldBe("Mine.");
    }

    [Fact]
    public async Task Settings_are_a_json_object_and_are_given_back_as_they_were_stored()
    {
        var claims = await server.ClaimsAsync();
        var agent = await Agents.CreateAsync(
            claims, new NewAgent { Key = $"set-{Guid.CreateVersion7():N}", Name = "Set", Goal = "Helps.", Backstory = "Known.", Settings = """{"team": "harbour"}""" }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/agents/{agent.Id}");
        var settings = page.Page.Locator("#agent-settings");
        await Assertions.Expect(settings).ToHaveValueAsync("{\n  \"team\": \"harbour\"\n}");
        await settings.FillAsync("{\"team\": }");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".edit-error", new() { HasTextString = "This is not JSON: line 1, character 10" }).WaitForAsync();
        await settings.FillAsync("[1]");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".edit-error", new() { HasTextString = "Settings are a JSON object" }).WaitForAsync();
        await page.ShotAsync("agent-settings");
        await settings.FillAsync("{\"team\": \"quay\", \"level\": 3}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored. The next run uses it.").WaitForAsync();
        (await Agents.GetAsync(claims, agent.Id, CancellationToken.None)).Settings.Parse().GetProperty("level").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task The_prompt_that_a_verbose_agent_keeps_is_read_in_its_step()
    {
        await server.ExecuteAsync("update agent_configurations set \"verbose\" = true where key = 'creative'");
        var run = await server.AskedAsync();
        await using var page = await chromium.SignedInAsync(server, $"/conversations/{run.ConversationId}?run={run.Id}&step=1%2Fagent%3Acreative");
        var prompt = page.Page.Locator("details.prompt");
        await Assertions.Expect(prompt.Locator("pre").First).ToBeHiddenAsync();
        await prompt.Locator("summary").ClickAsync();
        await Assertions.Expect(prompt.Locator("pre").Last).ToContainTextAsync("introverted friend");
        await page.ShotAsync("step-prompt");

        await page.Page.GotoAsync($"/conversations/{run.ConversationId}?run={run.Id}&step=1%2Fobserve");
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.Page.Locator(".replays").WaitForAsync();
        (await prompt.CountAsync()).ShouldBe(0, "only agents that are verbose keep theirs");
        await server.ExecuteAsync("update agent_configurations set \"verbose\" = false where key = 'creative'");
    }

    [Fact]
    public async Task A_published_agent_is_listed_in_the_catalogue()
    {
        var claims = await server.ClaimsAsync();
        var name = $"Shared {Guid.CreateVersion7():N}";
        await Agents.CreateAsync(
            claims, new NewAgent { Key = $"shared-{Guid.CreateVersion7():N}", Name = name, Goal = "Helps all.", Backstory = "Known.", IsPublic = true }, CancellationToken.None);
        await using var page = await chromium.SignedInAsync(server, $"/agents/public?q={Uri.EscapeDataString(name)}");

        await page.Page.Locator(".rows summary", new() { HasTextString = name }).ClickAsync();
        await page.Page.GetByText("Helps all.").WaitForAsync();
    }

    [Fact]
    public async Task A_viewer_reads_agents_and_workflows_and_changes_nothing()
    {
        await server.ExecuteAsync(
            """
            with made as (
                insert into users (email, name, password_hash)
                values ('reader@example.org', 'Reader', $1)
                returning id
            )
            insert into organization_members (organization_id, user_id, display_name, role)
            select $2, id, 'Reader', 'viewer'
            from made
            """,
            server.Services.GetRequiredService<PasswordHasher>().Hash("only to read"), (await server.ClaimsAsync()).OrganizationId!);
        await using var page = await chromium.OpenAsync(server);
        await page.SignInAsync("/agents", "reader@example.org", "only to read");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Creative Clarity" }).ClickAsync();

        await page.Page.GetByText("Only whoever made this agent and admins change it.").WaitForAsync();
        (await page.Page.GetByLabel("Goal").IsDisabledAsync()).ShouldBeTrue();
        (await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).CountAsync()).ShouldBe(0);
        await page.Page.GotoAsync("/workflows/general-problem-solving");
        await page.Page.Locator(".order").WaitForAsync();
        (await page.Page.Locator(".main").GetByRole(AriaRole.Button).CountAsync()).ShouldBe(0);
        foreach (var path in new[] { "/agents/new", "/workflows/-/new" })
        {
            await page.Page.GotoAsync(path);
            await page.Page.GetByText("You may not see this").WaitForAsync();
        }
    }
}
