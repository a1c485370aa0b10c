using Overmind.Conversations;
using Overmind.WebConsole.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class BranchChoicesTests
{
    static readonly Message Question = Of(0), Answer = Of(0), Again = Of(1), Third = Of(2);

    static readonly IReadOnlyList<Branch> Branches = [From(1, 0, Question), From(2, 0, Question)];

    [Fact]
    public void Where_nothing_parts_there_is_no_choice() =>
        new BranchChoices([], 0).At(Answer, Question).ShouldBeNull();

    [Fact]
    public void The_first_answer_stands_before_those_that_were_made_beside_it() =>
        new BranchChoices(Branches, 0).At(Answer, Question).ShouldBe(new BranchChoice(1, 3, null, 1));

    [Fact]
    public void Each_of_them_leads_to_its_neighbours()
    {
        new BranchChoices(Branches, 1).At(Again, Question).ShouldBe(new BranchChoice(2, 3, 0, 2));
        new BranchChoices(Branches, 2).At(Third, Question).ShouldBe(new BranchChoice(3, 3, 1, null));
    }

    [Fact]
    public void A_branch_of_a_branch_is_a_choice_of_its_own_and_leaves_the_one_above()
    {
        var below = Of(3);
        var choices = new BranchChoices([.. Branches, From(3, 1, Again)], 3);

        choices.At(Again, Question).ShouldBe(new BranchChoice(2, 3, 0, 2));
        choices.At(below, Again).ShouldBe(new BranchChoice(2, 2, 1, null));
    }

    [Fact]
    public void Another_first_question_parts_before_everything() =>
        new BranchChoices([From(1, 0, null)], 1).At(Of(1), null).ShouldBe(new BranchChoice(2, 2, 0, null));

    static Branch From(int number, int parent, Message? after) => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = Guid.Empty,
        Number = number,
        ParentNumber = parent,
        ForkedAfterMessageId = after?.Id,
        Reason = BranchReason.Fork,
        IsActive = false,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    static Message Of(int branch) => SampleMessages.Of(MessageRole.User, "Why?", branch);
}
