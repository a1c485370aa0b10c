using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConversationsContextCommand
{
    static readonly Argument<Guid> Id = new("conversation") { Description = "Its id" };
    static readonly Option<int?> Branch = new("--branch") { Description = "A branch's number, 0 for the trunk (default: the active one)", HelpName = "number" };

    public static Command Create()
    {
        var command = ApiVerb.Create("context", "Show what of a conversation a model is given, and how much room there is", Id, Branch);
        command.SetAction(async (parsed, ct) =>
        {
            var window = await InstanceApi.Connect(parsed).Conversations.ContextAsync(parsed.GetValue(Id), parsed.GetValue(Branch), cancellationToken: ct);
            Output.Write(parsed, window, WindowText.Of(window));
            return 0;
        });
        return command;
    }
}
