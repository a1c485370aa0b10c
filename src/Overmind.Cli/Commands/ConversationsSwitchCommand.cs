using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class ConversationsSwitchCommand
{
    static readonly Argument<int> Branch = new("branch") { Description = "Number of the branch; 0: the trunk" };

    public static Command Create()
    {
        var command = ApiVerb.Create("switch", "Go on with another branch of a conversation", ConversationArguments.Conversation, Branch);
        command.SetAction(async (parsed, stop) =>
        {
            var changed = await InstanceApi.Connect(parsed).Conversations.UpdateAsync(
                parsed.GetValue(ConversationArguments.Conversation), new ConversationChanges { ActiveBranch = parsed.GetValue(Branch) }, stop);
            Output.Write(parsed, changed, $"Branch {changed.ActiveBranch} goes on");
            return 0;
        });
        return command;
    }
}
