using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class ShareCreateCommand
{
    static readonly Argument<Guid> Conversation = new("conversation") { Description = "The conversation's id" };

    static readonly Option<int?> Branch = new("--branch") { Description = "Branch to show; default: the active one", HelpName = "number" };

    static readonly Option<DateTimeOffset?> Expires = new("--expires")
    {
        Description = "Until when the link is good, as 2030-01-31T12:00:00Z; default: until it is revoked",
        HelpName = "time",
        CustomParser = Time,
    };

    public static Command Create()
    {
        var command = ApiVerb.Create("create", "Make a link to a conversation as it is now; it is shown this once", Conversation, Branch, Expires);
        command.SetAction(async (parsed, ct) =>
        {
            var made = await InstanceApi.Connect(parsed).Shares.CreateAsync(
                parsed.GetValue(Conversation), new NewShare { Branch = parsed.GetValue(Branch), ExpiresAt = parsed.GetValue(Expires) }, ct);
            Output.Write(parsed, made, made.Url);
            return 0;
        });
        return command;
    }

    static DateTimeOffset? Time(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        result.AddError($"{result.Tokens[0].Value} is no time. Give one as 2030-01-31T12:00:00Z.");
        return null;
    }
}
