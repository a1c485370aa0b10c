using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public sealed class AuthoringTests(SharedInstance instance) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("overmind-authoring-").FullName;

    [Fact]
    public async Task An_agent_is_made_changed_copied_deleted_and_brought_back()
    {
        var file = Path.Combine(folder, "agent.json");
        await File.WriteAllTextAsync(file, """{"name": "Editor", "goal": "Make it shorter.", "backstory": "You cut.", "temperature": 1}""");
        (await DoneAsync("agent", "create", "editor", "--file", file, "--temperature", "0.2")).ShouldStartWith("Made the agent editor (");
        (await DoneAsync("agent", "edit", "editor", "--active", "false")).ShouldBe("Changed the agent editor");
        var shown = await JsonAsync("agent", "show", "editor");
        (shown.GetProperty("temperature").GetDouble(), shown.GetProperty("is_active").GetBoolean()).ShouldBe((0.2, false));
        (await DoneAsync("agent", "list", "--search", "SHORTER")).ShouldContain("inactive");

        (await DoneAsync("agent", "copy", "editor", "--as", "second-editor")).ShouldStartWith("Made the agent second-editor (");
        (await DoneAsync("agent", "delete", "editor")).ShouldContain("agent restore");
        (await RefusedAsync("agent", "show", "editor")).ShouldContain("there is no agent editor");
        (await DoneAsync("agent", "restore", shown.GetProperty("id").GetString()!)).ShouldBe("The agent editor is back");
        (await RefusedAsync("agent", "delete", "creative")).ShouldContain("general-problem-solving");
    }

    [Fact]
    public async Task A_workflow_is_made_versioned_compared_activated_rated_and_deleted()
    {
        (await DoneAsync("workflow", "create", "editing", "--name", "Editing", "--agents", "creative,decision")).ShouldBe("Made the workflow editing@1; it is active");
        (await DoneAsync("workflow", "version", "editing", "--agents", "decision", "--iterations", "1")).ShouldStartWith("Made the draft editing@2");
        (await DoneAsync("workflow", "diff", "editing", "1", "2")).ShouldBe("max_n2_iterations: null → 1\n- creative");
        (await DoneAsync("workflow", "edit", "editing@2", "--mode", "sequential")).ShouldBe("Changed editing@2");
        (await RefusedAsync("workflow", "edit", "editing@1", "--mode", "sequential")).ShouldContain("Make a new version");
        (await RefusedAsync("workflow", "activate", "editing")).ShouldContain("editing@2 for version 2");
        (await DoneAsync("workflow", "activate", "editing@2")).ShouldBe("editing@2 is active");
        (await DoneAsync("workflow", "rate", "editing", "5")).ShouldBe("editing@2 has 5.0 of 5 (1)");
        (await DoneAsync("workflow", "list", "--sort", "rating", "--versions")).ShouldContain("editing@1");
        (await JsonAsync("workflow", "show", "editing")).GetProperty("version").GetInt32().ShouldBe(2);
        (await DoneAsync("workflow", "delete", "editing")).ShouldContain("workflow restore editing");
        (await DoneAsync("workflow", "restore", "editing")).ShouldBe("The workflow editing is back");
    }

    [Fact]
    public async Task A_context_template_is_made_changed_rendered_deleted_and_brought_back()
    {
        var file = Path.Combine(folder, "template.json");
        await File.WriteAllTextAsync(file, """
            {"segments": [{"name": "rules", "role": "system", "content": "Help {{customer}} {{times}} times."}],
             "variables": [{"name": "customer", "type": "string", "required": true}, {"name": "times", "type": "number", "default": 3}]}
            """);
        (await DoneAsync("templates", "create", "--name", "Greeting", "--use-cases", "support,sales", "--file", file)).ShouldStartWith("Made the context template Greeting (");
        (await DoneAsync("templates", "edit", "Greeting", "--description", "For all.")).ShouldBe("Changed the context template Greeting; it is in version 1");
        var shown = await JsonAsync("templates", "show", "Greeting");
        (shown.GetProperty("description").GetString(), shown.GetProperty("use_cases").GetArrayLength()).ShouldBe(("For all.", 2));
        (await DoneAsync("templates", "list", "--use-case", "sales")).ShouldContain("customer, times");

        (await DoneAsync("templates", "render", "Greeting", "--var", "customer=Ada", "--var", "times=1.50")).ShouldContain("[system]\nHelp Ada 1.50 times.\n");
        (await RefusedAsync("templates", "render", "Greeting")).ShouldContain("The variable customer is missing.");
        (await RefusedAsync("templates", "render", "Greeting", "--var", "customer=Ada", "--var", "times=often")).ShouldContain("times is a number, not a string.");
        (await RefusedAsync("templates", "render", "Greeting", "--var", "customer")).ShouldContain("--var name=value");
        (await DoneAsync("templates", "delete", "Greeting")).ShouldContain("templates restore");
        (await RefusedAsync("templates", "show", "Greeting")).ShouldContain("there is no context template Greeting");
        (await DoneAsync("templates", "restore", shown.GetProperty("id").GetString()!)).ShouldBe("The context template Greeting is back");
        (await RefusedAsync("templates", "create", "--name", "Empty")).ShouldContain("--file");
    }

    [Theory]
    [InlineData("--name", "an agent has a name", "agent", "create", "nobody")]
    [InlineData("docs/api.md", "cannot be read", "agent", "create", "--file", "BAD")]
    [InlineData("name a JSON file", "there is no file", "agent", "create", "--file", "none.json")]
    [InlineData("--agents", "a workflow has agents", "workflow", "create", "nobody", "--name", "Nobody")]
    public async Task What_is_missing_or_malformed_is_told_with_what_to_do(string remedy, string message, params string[] arguments)
    {
        var bad = Path.Combine(folder, "bad.json");
        await File.WriteAllTextAsync(bad, """{"nmae": "Editor"}""");
        var error = await RefusedAsync([.. arguments.Select(a => a == "BAD" ? bad : a)]);
        error.ShouldContain(message);
        error.ShouldContain(remedy);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<string> DoneAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
        exitCode.ShouldBe(0, errors);
        return output;
    }

    async Task<JsonElement> JsonAsync(params string[] arguments) => JsonElement.Parse(await DoneAsync([.. arguments, "--format", "json"]));

    async Task<string> RefusedAsync(params string[] arguments)
    {
        var (exitCode, _, errors) = await OvermindProcess.RunAsync([.. arguments, "--data", await instance.DataAsync()]);
        exitCode.ShouldNotBe(0);
        return errors;
    }
}
