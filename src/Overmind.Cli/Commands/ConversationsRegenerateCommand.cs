using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConversationsRegenerateCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create(
            "regenerate", "Answer a question again, on a branch beside the answer that is there", ConversationArguments.Conversation, ConversationArguments.Message);
        command.SetAction(async (parsed, stop) =>
        {
            var run = await InstanceApi.Connect(parsed).Runs.RegenerateAsync(
                parsed.GetValue(ConversationArguments.Conversation), parsed.GetValue(ConversationArguments.Message), cancellationToken: stop);
            Output.Write(parsed, run, $"Run {run.Id} answers on branch {run.Branch}; `overmind run watch {run.Id}` follows it");
            return 0;
        });
        return command;
    }
}
