using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class ModerationVerbs
{
    static readonly Argument<Guid> Message = new("message") { Description = "The message's id" };

    static readonly Option<string?> Reason = new("--reason") { Description = "Why, up to 500 characters; kept with the message and in the audit log", HelpName = "text" };

    public static Command Approve() => Create(
        "approve", "Let a message be used, whatever was found in it", (moderation, id, reason, ct) => moderation.ApproveAsync(id, reason, ct));

    public static Command Block() => Create(
        "block", "Keep a message from models and shares", (moderation, id, reason, ct) => moderation.BlockAsync(id, reason, ct));

    static Command Create(string name, string description, Func<ModerationClient, Guid, string?, CancellationToken, Task<ModeratedMessage>> review)
    {
        var command = ApiVerb.Create(name, description, Message, Reason);
        command.SetAction(async (parsed, ct) =>
        {
            var message = await review(InstanceApi.Connect(parsed).Moderation, parsed.GetValue(Message), parsed.GetValue(Reason), ct);
            Output.Write(parsed, message, $"{message.Id} is {message.Status}");
            return 0;
        });
        return command;
    }
}
