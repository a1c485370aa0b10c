using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class DelegationPlanTests
{
    const string ToStructural = """{"delegate": {"to": "structural", "question": "In which order?"}}""";

    static readonly RunSnapshot Run = Runs.Snapshot() with
    {
        Agents = [Runs.SixAgents[0] with { AllowDelegation = true }, Runs.SixAgents[1], Runs.SixAgents[2]],
    };

    [Fact]
    public void A_sub_question_is_answered_by_the_other_agent_and_comes_back()
    {
        var script = new Script(Run);
        var first = script.Planned()[0];
        first.Messages[0].Text.ShouldContain("<expert by=\"structural\">\nStructural Clarity: See to Structural Clarity.\n</expert>");
        script.Record(first, ToStructural);

        var asked = script.Planned().Single(c => c.Phase is StepPhase.Delegate);
        (asked.StepKey, asked.Agent).ShouldBe(("1/delegate:creative>structural", Run.Agents[1]));
        asked.Messages[0].Text.ShouldNotContain("<experts>");
        asked.Messages[1].Text.ShouldContain("<question>\nIn which order?\n</question>");
        asked.Messages[1].Text.ShouldContain($"<original_question>\n{Run.Question}\n</original_question>");
        script.Planned().ShouldNotContain(c => c.StepKey == "1/agent:creative");

        script.Record(asked, "First the roof.");
        var again = script.Planned().Single(c => c.StepKey == "1/agent:creative");
        again.Messages.Take(2).Select(m => m.Text).ShouldBe(first.Messages.Select(m => m.Text));
        again.Messages[2].Text.ShouldBe("""{"delegate":{"to":"structural","question":"In which order?"}}""");
        again.Messages[3].Text.ShouldStartWith("<delegate_answer by=\"structural\">\nFirst the roof.\n</delegate_answer>\n");
        script.Record(again, "1. a\n2. b\n3. c\n4. d");
        script.Steps.Single(s => s.StepKey == "1/agent:creative").Status.ShouldBe("succeeded");
        script.ToEnd();
        script.Called.ShouldContain("3/inspect");
    }

    [Theory]
    [InlineData("""{"delegate": {"to": "creative", "question": "Why?"}}""", "You cannot hand a question to yourself; the others are structural, alignment.")]
    [InlineData("""{"delegate": {"to": "unknown", "question": "Why?"}}""", "There is no expert \"unknown\"; the others are structural, alignment.")]
    [InlineData("""{"delegate": {"to": "structural", "question": " "}}""", "Its member \"delegate\" is an object with the strings \"to\" and \"question\".")]
    [InlineData("""{"delegate": "structural"}""", "Its member \"delegate\" is an object with the strings \"to\" and \"question\".")]
    public void What_cannot_be_handed_on_is_sent_back_with_the_reason_and_then_failed(string answer, string reason)
    {
        var script = new Script(Run);
        script.Record(script.Planned()[0], answer);
        script.Steps[0].ErrorMessage.ShouldBe(reason);
        script.Steps[0].SentBack.ShouldBeTrue();
        script.Record(script.Planned()[0], answer);
        (script.Steps[0].Status, script.Steps[0].ErrorMessage).ShouldBe(("failed", reason));
    }

    [Fact]
    public void An_agent_hands_one_question_on_and_no_second()
    {
        var script = new Script(Run);
        script.Record(script.Planned()[0], ToStructural);
        script.Record(script.Planned().Single(c => c.Phase is StepPhase.Delegate), "First the roof.");
        script.Record(script.Planned().Single(c => c.StepKey == "1/agent:creative"), """{"delegate": {"to": "alignment", "question": "And then?"}}""");
        script.Steps.Single(s => s.StepKey == "1/agent:creative").ErrorMessage.ShouldBe("You have handed on your one sub-question already. Answer yourself.");
        script.Planned().ShouldNotContain(c => c.Phase == StepPhase.Delegate);
        var again = script.Planned().Single(c => c.StepKey == "1/agent:creative");
        again.Messages.Count.ShouldBe(6);
        again.Messages[3].Text.ShouldContain("First the roof.");
    }

    [Fact]
    public void A_delegate_that_fails_leaves_the_asker_to_answer_alone()
    {
        var script = new Script(Run) { Answer = call => call.Phase is StepPhase.Delegate ? null : Script.Good(9.5)(call) };
        script.Record(script.Planned()[0], ToStructural);
        script.Make(script.Planned().Single(c => c.Phase is StepPhase.Delegate));
        script.Planned().Single(c => c.StepKey == "1/agent:creative").Messages[3].Text.ShouldContain("There is no answer. The model is down.");
        script.ToEnd().TerminationReason.ShouldBe(TerminationReason.Threshold);
    }

    [Fact]
    public void The_answer_of_an_agent_that_may_not_delegate_is_an_answer()
    {
        var json = Runs.Agent("free", "Free", OutputFormat.Json);
        var script = new Script(Runs.Snapshot() with { Agents = [json, Runs.SixAgents[1]] });
        script.Planned()[0].Messages[0].Text.ShouldNotContain("<experts>");
        script.Record(script.Planned()[0], ToStructural);
        script.Steps[0].Status.ShouldBe("succeeded");
    }

    [Fact]
    public void A_step_is_asked_again_as_it_was_asked_before()
    {
        var script = new Script(Run) { Answer = Script.Good(5, 9.5) };
        script.Record(script.Planned()[0], ToStructural);
        var asked = new Dictionary<string, PlannedCall>();
        while (script.Next() is RunMove.CallModels { Calls: var calls })
            foreach (var call in calls)
            {
                asked[call.StepKey] = call;
                script.Make(call);
            }

        foreach (var call in asked.Values)
            RunPlanner.Again(Run, script.Steps, call.Iteration, call.Phase, call.StepKey).Messages.Select(m => m.Text)
                .ShouldBe(call.Messages.Select(m => m.Text), call.StepKey);
    }
}
