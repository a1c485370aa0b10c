using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConversationsPruneCommand
{
    static readonly Argument<Guid> Id = new("conversation") { Description = "Its id" };
    static readonly Option<int?> Target = new("--target") { Description = "Tokens that the window has at most then (default: three quarters of its margin)", HelpName = "tokens" };

    public static Command Create()
    {
        var command = ApiVerb.Create("prune", "Let messages leave a conversation's window; they stay in the conversation", Id, Target);
        command.SetAction(async (parsed, ct) =>
        {
            var pruned = await InstanceApi.Connect(parsed).Conversations.PruneAsync(parsed.GetValue(Id), parsed.GetValue(Target), ct);
            var done = pruned.IsQueued
                ? "What leaves is summarized first; until then the window is as before"
                : $"{RunWords.Count(pruned.MessagesPruned, "message")} left, {RunWords.Count(pruned.TokensFreed, "token")} freed";
            Output.Write(parsed, pruned, $"{done}\n{WindowText.Of(pruned.Window)}");
            return 0;
        });
        return command;
    }
}
