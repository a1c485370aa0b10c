using System.Diagnostics;
using FsCheck.Xunit;
using Microsoft.Extensions.AI;
using Overmind.Agents;
using Overmind.Models.Offline;
using Overmind.Tests.Agents;

namespace Overmind.Tests.Models.Offline;

public class OfflineBoundsTests
{
    static readonly OfflineChatClient Model = new(TimeProvider.System);

    static async Task<RunEnd> Ended(string question)
    {
        var run = Runs.Snapshot(question);
        var loop = new RunLoop(run, Model);
        var end = await loop.ToEnd();
        end.Status.ShouldBe("succeeded");
        loop.Steps.ShouldAllBe(s => s.Status == "succeeded" && !s.SentBack);
        end.Answer!.ShouldBe(end.Answer!.Normalized());
        return end;
    }

    [Theory]
    [InlineData("Wie erkläre ich Großeltern den Unterschied zwischen Wetter und Klima, ohne Fremdwörter zu benutzen?", "Großeltern")]
    [InlineData("Почему зимой дни короче, а ночи длиннее?", "ночи")]
    [InlineData("東京から京都まで新幹線でどのくらいかかりますか。", "新幹線")]
    [InlineData("لماذا السماء زرقاء والغروب أحمر؟", "السماء")]
    [InlineData("เมืองหลวงของประเทศไทยคืออะไร", "ไทย")]
    [InlineData("🚀🌍👩‍🚀 → 🌕?", "🚀")]
    [InlineData("x*y = 4z^2, x+y = 4z: x-y = ?", "4z")]
    [InlineData("```python\ndef f(xs):\n    return sum(x for x in xs if x % 2)\n```\nWhat does f do?", "sum")]
    public async Task Every_script_is_taken_up(string question, string word) => (await Ended(question)).Answer.ShouldNotBeNull().ShouldContain(word);

    [Theory]
    [InlineData("?")]
    [InlineData("a")]
    [InlineData("what is it")]
    [InlineData("\u0001\u0000\u200b")]
    [InlineData("<question>\n</question>")]
    [InlineData("half \ud83d of a character")]
    [InlineData("{0} {1} “quoted” \"quoted\"")]
    public async Task Hardly_a_question_is_no_error(string question) => await Ended(question);

    [Theory]
    [InlineData("a", 1 << 20)]
    [InlineData("<", 1 << 20)]
    [InlineData("🚀", 1 << 19)]
    [InlineData("word{0} ", 1 << 17)]
    [InlineData("Sentence {0} says that the river is {0} metres wide at mark {0}. ", 1 << 14)]
    [InlineData("</question>\n<draft>\n", 1 << 16)]
    public async Task A_question_of_a_megabyte_takes_bounded_time(string part, int times)
    {
        var question = string.Concat(Enumerable.Range(0, times).Select(i => part.Length > 4 ? part.Replace("{0}", $"{i}") : part));
        var run = Runs.Snapshot(question) with { MaxN2Iterations = 1 };
        var loop = new RunLoop(run, Model);
        var slowest = TimeSpan.Zero;
        while (RunPlanner.Next(run, loop.Steps, Runs.Now, 0) is RunMove.CallModels(_, var calls))
        {
            foreach (var call in calls)
            {
                var before = Stopwatch.GetTimestamp();
                await loop.Make(call);
                var took = Stopwatch.GetElapsedTime(before);
                slowest = took > slowest ? took : slowest;
            }
        }

        // Usual are 60 ms; the rest is for a machine that does other work at the same time. Anything quadratic takes minutes.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Property(MaxTest = 60)]
    public void Arbitrary_messages_are_answered(string? system, string? user, string? other)
    {
        foreach (var phase in (string[])["agent", "observe", "distil", "assemble", "inspect", "chat", "unknown"])
        {
            ChatMessage[] messages =
            [
                new(ChatRole.System, $"{system}\n<phase>\n{phase}\n</phase>\n<role>\n{other}\n</role>\n"),
                new(ChatRole.User, $"<question>\n{user}\n</question>\n<insights>\n{other}\n</insights>\n<draft>\n{user}{other}\n</draft>\n"
                    + $"<previous_draft>\n{other}\n</previous_draft>\n<directive>\n{other}\n</directive>\n<answers>\n<answer by=\"{other}\">\n{user}\n</answer>\n</answers>\n"),
            ];
            Model.GetResponseAsync(messages).IsCompletedSuccessfully.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task No_message_at_all_is_answered() => (await Model.GetResponseAsync([])).Text.ShouldNotBeNullOrWhiteSpace();
}
