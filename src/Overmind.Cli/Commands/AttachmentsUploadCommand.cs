using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Transfers;

namespace Overmind.Cli.Commands;

static class AttachmentsUploadCommand
{
    static readonly Argument<string> From = new("file") { Description = "A picture, a PDF, sound or a text" };

    static readonly Option<string?> Name = new("--name") { Description = "How it is called; default: as the file", HelpName = "name" };

    static readonly Option<string?> Type = new("--type") { Description = "What it is, as image/png; default: what its first bytes say", HelpName = "type" };

    public static Command Create()
    {
        var command = ApiVerb.Create("upload", "Upload a file, to name it in a message or with a question within a day", From, Name, Type);
        command.SetAction(async (parsed, ct) =>
        {
            var sent = await UploadFile.SendAsync(InstanceApi.ConnectPatiently(parsed), parsed.GetValue(From)!, parsed.GetValue(Name), parsed.GetValue(Type), ct);
            Output.Write(parsed, sent, sent.Id.ToString());
            return 0;
        });
        return command;
    }
}
