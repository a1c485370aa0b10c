using Overmind.WebConsole.Agents.Workflows;

namespace Overmind.WebConsole.Tests.Agents.Workflows;

public class WorkflowFormTests
{
    [Fact]
    public void Agents_are_added_once_moved_and_removed()
    {
        var form = new WorkflowForm();
        foreach (var key in new[] { "a", "b", "b", "c", "" }) form.AddAgent(key);
        form.Agents.ShouldBe(["a", "b", "c"]);

        form.MoveAgent("c", 0);
        form.Agents.ShouldBe(["c", "a", "b"]);
        form.MoveAgent("c", 99);
        form.Agents.ShouldBe(["a", "b", "c"]);
        form.MoveAgent("a", -1);
        form.RemoveAgent("b");
        form.Agents.ShouldBe(["a", "c"]);
    }

    [Fact]
    public void Of_a_version_that_was_used_only_labels_are_changed()
    {
        var form = new WorkflowForm { Name = "N", Category = " ", Threshold = 8 };
        form.AddAgent("a");

        var labels = form.ToPatch(labelsAlone: true);
        (labels.Name, labels.Category!.Value, labels.QualityThreshold, labels.Agents).ShouldBe(("N", null, null, null));
        form.ToPatch(labelsAlone: false).QualityThreshold!.Value.ShouldBe(8);
    }

    [Fact]
    public void A_workflow_without_agents_or_with_a_model_that_is_none_is_not_sent()
    {
        var form = new WorkflowForm { JudgeModel = "judge" };
        form.Fault()!["agents"].ShouldNotBeNull();
        form.AddAgent("a");
        form.Fault()!["judge_model"].ShouldNotBeNull();
        form.JudgeModel = "offline/offline";
        form.Fault().ShouldBeNull();
    }

    [Fact]
    public void Two_edits_are_told_by_the_settings_in_which_they_differ()
    {
        var (mine, theirs) = (new WorkflowForm { Threshold = 9.5 }, new WorkflowForm { Threshold = 9 });
        theirs.AddAgent("a");

        mine.Against(theirs).Select(d => (d.Name, d.Theirs, d.Yours)).ShouldBe([("Agents", "a", "–"), ("Quality threshold", "9", "9.5")]);
    }
}
