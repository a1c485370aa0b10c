using Overmind.Agents;
using Overmind.WebConsole.Conversations;
using Overmind.WebConsole.Tests.Agents;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class ThreadItemTests
{
    [Fact]
    public void A_run_without_an_answer_stands_below_its_question()
    {
        var (question, failed, again) = (Question(1), Of(RunStatus.Failed, 1), Of(RunStatus.Running, 2));

        var item = ThreadItem.Of([question], [again, failed], BranchChoices.None, false).ShouldHaveSingleItem();

        item.Unanswered.ShouldBe([failed, again]);
    }

    [Fact]
    public void A_run_that_answered_stands_with_its_answer_alone()
    {
        var run = Of(RunStatus.Succeeded, 1);
        var answer = Question(2) with { Id = run.AnswerMessageId!.Value, Role = MessageRole.Assistant, RunId = run.Id };

        var items = ThreadItem.Of([Question(1), answer], [run], BranchChoices.None, false);

        items[0].Unanswered.ShouldBeEmpty();
        items[1].Run.ShouldBe(run);
    }

    static Message Question(long seq) => SampleMessages.Of(MessageRole.User, "Why?") with
    {
        Id = Runs.Queued.QuestionMessageId,
        ConversationId = Runs.Queued.ConversationId,
        Seq = seq,
    };

    static Run Of(RunStatus status, int minute) => Runs.Succeeded with
    {
        Id = Guid.CreateVersion7(),
        Status = status,
        CreatedAt = Runs.Queued.CreatedAt.AddMinutes(minute),
    };
}
