using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class ConversationsForkCommand
{
    static readonly Option<string?> Title = new("--title") { Description = "Its title; default: the other conversation's" };

    static readonly Option<string?> Visibility = new("--visibility") { Description = "private (default) or organization" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "fork", "Begin a conversation of one's own with a branch of another, up to a message", ConversationArguments.Conversation, ConversationArguments.Message, Title, Visibility);
        command.SetAction(async (parsed, stop) =>
        {
            var made = await InstanceApi.Connect(parsed).Conversations.ForkAsync(
                parsed.GetValue(ConversationArguments.Conversation),
                new NewFork
                {
                    MessageId = parsed.GetValue(ConversationArguments.Message),
                    Title = parsed.GetValue(Title),
                    Visibility = parsed.GetValue(Visibility),
                },
                cancellationToken: stop);
            Output.Write(parsed, made, $"Made the conversation {made.Id} of {made.MessageCount} messages");
            return 0;
        });
        return command;
    }
}
