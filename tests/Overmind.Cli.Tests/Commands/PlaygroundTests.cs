using System.Text.Json;

namespace Overmind.Cli.Tests.Commands;

public class PlaygroundTests(SharedInstance instance)
{
    [Fact]
    public async Task A_prompt_is_answered_with_what_it_took()
    {
        var asked = await RunAsync("A harbour needs lights. A harbour needs walls.", "--max-tokens", "60");
        asked.ShouldSatisfyAllConditions(a => a.ExitCode.ShouldBe(0), a => a.Output.ShouldContain("harbour"), a => a.Errors.ShouldBe(""));
        asked.Output.Split('\n')[^1].ShouldMatch("^offline/offline · [0-9]+ tokens · \\$0\\.0000 · [0-9.]+ s · offline: ");
    }

    [Fact]
    public async Task An_agent_is_asked_of_several_models_and_what_fails_is_told_beside_what_answers()
    {
        var data = await instance.DataAsync();
        (await OvermindProcess.RunAsync("models", "add", "ollama", "--name", "gone", "--base-url", "http://127.0.0.1:9", "--data", data)).ExitCode.ShouldBe(1);
        var asked = await RunAsync("How is a hull varnished?", "--agent", "creative", "--model", "offline/offline", "--model", "gone/m", "--format", "json");
        asked.ExitCode.ShouldBe(1);
        var answers = JsonElement.Parse(asked.Output).EnumerateArray().ToList();
        answers.Select(a => a.GetProperty("provider").GetString()).ShouldBe(["offline", "gone"]);
        answers[0].GetProperty("output").GetString()!.Split('\n').Length.ShouldBe(4);
        answers[1].GetProperty("error_code").GetString().ShouldBe("model_unreachable");

        var text = (await RunAsync("How is a hull varnished?", "--agent", "creative", "--model", "offline/offline", "gone/m")).Output;
        text.ShouldStartWith("── offline/offline\n\n1.");
        text.ShouldContain("── gone/m\n\ngone/m failed: The provider 'gone' cannot be reached");
        (await OvermindProcess.RunAsync("models", "remove", "gone", "--data", data)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_told()
    {
        (await RunAsync("Why?", "--agent", "nobody")).Errors.ShouldContain("there is no agent nobody");
        (await RunAsync("Why?", "--model", "nobody/m")).Errors.ShouldContain("No provider 'nobody' is connected here");
        (await RunAsync("Why?", "--temperature", "3")).Errors.ShouldContain("temperature is 0 to 2");
        var five = await RunAsync("Why?", "--model", "a/1", "a/2", "a/3", "a/4", "a/5");
        (five.ExitCode, five.Errors).ShouldBe((2, "error: 5 models are too many to ask at once\n       name up to 4"));
    }

    async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OvermindProcess.RunAsync(["playground", .. arguments, "--data", await instance.DataAsync()]);
}
