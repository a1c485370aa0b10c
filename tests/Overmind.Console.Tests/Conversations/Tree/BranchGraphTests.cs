using Overmind.Conversations;
using Overmind.WebConsole.Conversations.Tree;

namespace Overmind.WebConsole.Tests.Conversations.Tree;

public class BranchGraphTests
{
    [Fact]
    public void A_conversation_without_branches_is_one_line()
    {
        var (a, b, c) = (Of(0, null), Of(0, null), Of(0, null));
        var graph = BranchGraph.Of([a, b with { ParentMessageId = a.Id }, c with { ParentMessageId = b.Id }]);

        graph.Lanes.ShouldBe(1);
        graph.Lines.Select(l => (l.From, l.To)).ShouldBe([(0, 1), (1, 2)]);
    }

    [Fact]
    public void A_branch_leaves_its_parent_at_the_message_where_they_part()
    {
        var question = Of(0, null);
        var answer = Of(0, question);
        var again = Of(1, question);

        var graph = BranchGraph.Of([question, answer, again]);

        graph.Rows.Select(r => r.Lane).ShouldBe([0, 0, 1]);
        graph.Lines.ShouldContain(new BranchGraph.Line(0, 0, 1, 2, false));
    }

    [Fact]
    public void A_lane_is_taken_again_below_the_end_of_its_branch()
    {
        var first = Of(0, null);
        var left = Of(1, first);
        var second = Of(0, first);
        var third = Of(0, second);
        var later = Of(2, second);

        BranchGraph.Of([first, left, second, third, later]).Rows.Select(r => r.Lane).ShouldBe([0, 1, 0, 0, 1]);
    }

    [Fact]
    public void What_follows_a_message_that_is_not_shown_hangs_on_its_branch_or_on_what_is_above()
    {
        var gone = Guid.CreateVersion7();
        var first = Of(0, null) with { ParentMessageId = gone };
        var second = Of(0, null) with { ParentMessageId = gone };

        BranchGraph.Of([first, second]).Lines.Select(l => (l.From, l.To)).ShouldBe([(-1, 0), (0, 1)], ignoreOrder: true);
    }

    [Fact]
    public void The_branch_that_is_shown_is_drawn_above_the_others()
    {
        var first = Of(0, null) with { IsActive = true };
        var active = Of(0, first) with { IsActive = true };
        var other = Of(1, first);

        BranchGraph.Of([first, active, other]).Lines.Select(l => l.IsActive).ShouldBe([false, true]);
    }

    static TreeNode Of(int branch, TreeNode? parent) => new()
    {
        Id = Guid.CreateVersion7(),
        ParentMessageId = parent?.Id,
        Branch = branch,
        IsActive = false,
        Seq = 1,
        Role = MessageRole.User,
        Preview = "Why?",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
