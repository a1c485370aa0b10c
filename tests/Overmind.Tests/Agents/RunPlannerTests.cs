using Overmind.Agents;
using Overmind.Models;

namespace Overmind.Tests.Agents;

public class RunPlannerTests
{
    static readonly string[] FirstIteration =
    [
        "1/agent:creative", "1/agent:structural", "1/agent:alignment", "1/agent:decision", "1/agent:recovery", "1/agent:boundary",
        "1/observe", "1/distil", "1/assemble", "1/inspect",
    ];

    [Fact]
    public void A_parallel_run_calls_all_agents_at_once_and_then_one_phase_after_the_other()
    {
        var script = new Script(Runs.Snapshot()) { Answer = Script.Good(9.0) };
        script.Planned().Select(c => c.StepKey).ShouldBe(FirstIteration[..6]);
        script.ToEnd();
        script.Called.ShouldBe(FirstIteration);
    }

    [Fact]
    public void A_json_answer_that_breaks_its_schema_is_sent_back_with_the_reason_and_fails_its_step_then()
    {
        var clerk = Runs.Agent("clerk", "Clerk", OutputFormat.Json) with { OutputSchema = """{"required": ["advice"]}""" };
        var run = Runs.Snapshot() with { Agents = [clerk] };
        var call = RunPlanner.Next(run, [], Runs.Now, 0).ShouldBeOfType<RunMove.CallModels>().Calls.Single();
        call.Messages[0].Text.ShouldContain("<json_schema>\n{\"required\": [\"advice\"]}\n</json_schema>");
        var step = new RecordedStep { StepKey = call.StepKey, Status = "running", Attempt = 1 };

        RunPlanner.Judge(run, call, step, """{"advice": 1}""", truncated: false).ShouldBeOfType<StepOutcome.Succeeded>();
        RunPlanner.Judge(run, call, step, "{}", truncated: false).ShouldBeOfType<StepOutcome.SendBack>().Reason.ShouldContain("advice");
        RunPlanner.Judge(run, call, step with { SentBack = true }, "{}", truncated: false).ShouldBeOfType<StepOutcome.Failed>();
    }

    [Fact]
    public void A_sequential_run_calls_one_agent_at_a_time_in_order()
    {
        var script = new Script(Runs.Snapshot() with { ExecutionMode = ExecutionMode.Sequential }) { Answer = Script.Good(9.0) };
        script.Planned().Select(c => c.StepKey).ShouldBe(["1/agent:creative"]);
        script.ToEnd();
        script.Called.ShouldBe(FirstIteration);
    }

    [Fact]
    public void Agents_recorded_before_a_crash_are_not_called_again_and_one_left_running_is()
    {
        var script = new Script(Runs.Snapshot());
        var calls = script.Planned();
        script.Make(calls[4]);
        script.Make(calls[1]);
        script.Steps.Add(new RecordedStep { StepKey = calls[0].StepKey, Status = "running", Attempt = 1 });
        script.Planned().Select(c => c.StepKey).ShouldBe(["1/agent:creative", "1/agent:alignment", "1/agent:decision", "1/agent:boundary"]);
    }

    [Fact]
    public void Each_call_has_the_model_temperature_and_limit_of_its_part()
    {
        var judge = new ModelReference("anthropic", "judge");
        var agent = Runs.SixAgents[0] with { Model = new ModelReference("openai", "writer"), Temperature = 1.5, MaxTokens = 77 };
        var run = Runs.Snapshot() with { Agents = [agent], JudgeModel = judge };
        var script = new Script(run);
        var first = script.Planned().ShouldHaveSingleItem();
        (first.Model, first.Temperature, first.MaxTokens, first.Agent, first.Phase).ShouldBe((agent.Model, 1.5, 77, agent, StepPhase.Agent));
        (first.Options().ModelId, first.Options().MaxOutputTokens).ShouldBe(("writer", 77));
        script.To("1/assemble").Model.ShouldBe(run.SynthesisModel);
        var inspect = script.To("1/inspect");
        (inspect.Model, inspect.Temperature, inspect.MaxTokens).ShouldBe((judge, 0, run.Prompts.Inspect.MaxTokens));
    }

    [Fact]
    public void A_broken_answer_is_sent_back_once_with_the_reason_and_then_failed()
    {
        var script = new Script(Runs.Snapshot() with { Agents = [Runs.SixAgents[0], Runs.SixAgents[1]] });
        var calls = script.Planned();
        script.Make(calls[1]);
        script.Record(calls[0], "Just prose.");

        var again = script.Planned().ShouldHaveSingleItem();
        again.StepKey.ShouldBe("1/agent:creative");
        again.Messages[^2].Text.ShouldBe("Just prose.");
        again.Messages[^1].Text.ShouldContain("exactly four lines");

        script.Record(again, "Prose again.");
        script.Steps.Single(s => s.StepKey == "1/agent:creative").Status.ShouldBe("failed");
        script.Planned().ShouldHaveSingleItem().StepKey.ShouldBe("1/observe");
    }

    [Fact]
    public void An_empty_answer_that_is_sent_back_leaves_no_empty_message()
    {
        var script = new Script(Runs.Snapshot());
        script.Record(script.Planned()[0], " ");
        var again = script.Planned()[0];
        again.Messages.Count.ShouldBe(2);
        again.Messages[1].Text.ShouldContain("The answer is empty.");
    }

    [Fact]
    public void An_unreadable_verdict_is_asked_again_once_and_then_the_iteration_is_unscored()
    {
        var run = Runs.Snapshot();
        var script = new Script(run) { Answer = Script.Good(null, 9.5) };
        script.ToEnd().ShouldSatisfyAllConditions(
            end => end.TerminationReason.ShouldBe(TerminationReason.Threshold),
            end => end.KeptIteration.ShouldBe(2));
        script.Called.Count(k => k == "1/inspect").ShouldBe(2);
        var first = RunPlanner.Iterations(run, script.Steps)[0];
        (first.Score, first.TriggeredN2, first.Complete).ShouldBe((null, true, true));
        first.UnscoredBecause.ShouldNotBeNull();
    }

    [Fact]
    public void An_assembled_answer_that_stays_cut_off_is_judged_as_cut_off()
    {
        var script = new Script(Runs.Snapshot());
        script.Record(script.To("1/assemble"), "It begins well and", truncated: true);
        script.Record(script.To("1/assemble"), "It begins again and", truncated: true);
        var inspect = script.To("1/inspect");
        inspect.Messages[1].Text.ShouldContain("<draft>\nIt begins again and\n</draft>\n<draft_remark>\nThe draft is cut off");
    }

    [Fact]
    public void An_observation_that_is_cut_off_still_serves()
    {
        var script = new Script(Runs.Snapshot());
        script.Record(script.To("1/observe"), "The user wants", truncated: true);
        script.Planned()[0].StepKey.ShouldBe("1/distil");
    }
}
