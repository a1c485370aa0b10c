using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class DelegationTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_delegated_sub_question_is_a_step_of_its_own_and_its_answer_comes_back()
    {
        await AllowAsync("creative", "allow_delegation = true, \"verbose\" = true");
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => call.Part switch
        {
            "creative" when call.Number == 1 => """{"delegate": {"to": "structural", "question": "In which order?"}}""",
            "delegate" => "First the roof.",
            _ => good(call),
        });
        try
        {
            var (run, events) = await stage.AskAsync(model);

            run.Status.ShouldBe(RunStatus.Succeeded);
            await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
            var steps = (await idle.Runs.StepsAsync(stage.User, run.Id, withPrompts: true, CancellationToken.None)).ToDictionary(s => s.StepKey);
            var asker = steps["1/agent:creative"];
            (asker.Delegation, asker.Attempt, asker.Output, asker.TokensInput).ShouldBe((new Delegation("structural", "In which order?"), 2, "1. creative\n2. of 2\n3. three\n4. four", 200));
            var delegated = steps["1/delegate:creative>structural"];
            (delegated.Phase, delegated.Agent!.Key, delegated.Output).ShouldBe((StepPhase.Delegate, "structural", "First the roof."));
            events.Where(e => e.Data.TryGetProperty("step_key", out var key) && key.GetString() == "1/agent:creative").Select(e => e.Type)
                .Where(t => t != "step.delta").ShouldBe(["step.started", "step.delegated", "step.started", "step.completed"]);

            // The agent is verbose, the others are not.
            asker.Prompt!.Value.EnumerateArray().Select(m => m.GetProperty("role").GetString()).ShouldBe(["system", "user", "assistant", "user"]);
            asker.Prompt.Value[3].GetProperty("content").GetString()!.ShouldContain("First the roof.");
            steps.Values.Where(s => s.StepKey != asker.StepKey).ShouldAllBe(s => s.Prompt == null);
            (await idle.Runs.StepAsync(stage.User, run.Id, asker.Id, withPrompt: false, CancellationToken.None)).Prompt.ShouldBeNull();
            await stage.ShouldAddUpAsync(run.Id);
        }
        finally
        {
            await AllowAsync("creative", "allow_delegation = false, \"verbose\" = false");
        }
    }

    Task AllowAsync(string agent, string values) => stage.Database.ExecuteAsync($"update agent_configurations set {values} where key = $1", agent);
}
