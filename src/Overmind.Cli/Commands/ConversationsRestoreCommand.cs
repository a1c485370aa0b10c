using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ConversationsRestoreCommand
{
    static readonly Option<Guid?> Message = new("--message") { Description = "A deleted message of it, instead", HelpName = "id" };

    static readonly Option<int?> Version = new("--version-number") { Description = "With --message: the version that it is to say again", HelpName = "number" };

    static readonly Option<string?> Reason = new("--reason") { Description = "With --version-number: why; kept with the version", HelpName = "text" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "restore", "Bring back a deleted conversation, a deleted message, or what a message said", ConversationArguments.Conversation, Message, Version, Reason);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Version) is not null && parsed.GetValue(Message) is null)
                parsed.AddError("--version-number is of a message: name it by --message.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var client = InstanceApi.Connect(parsed);
            var id = parsed.GetValue(ConversationArguments.Conversation);
            if (parsed.GetValue(Message) is not { } messageId)
            {
                var conversation = await client.Conversations.RestoreAsync(id, stop);
                Output.Write(parsed, conversation, $"'{conversation.Title}' is back");
                return 0;
            }

            var message = parsed.GetValue(Version) is { } version
                ? await client.Messages.RestoreVersionAsync(id, messageId, version, parsed.GetValue(Reason), stop)
                : await client.Messages.RestoreAsync(id, messageId, stop);
            Output.Write(parsed, message, $"It says, as version {message.VersionNumber}: {message.Content}");
            return 0;
        });
        return command;
    }
}
