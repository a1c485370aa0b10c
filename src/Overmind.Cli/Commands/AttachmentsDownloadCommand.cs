using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AttachmentsDownloadCommand
{
    static readonly Argument<Guid> Id = new("attachment") { Description = "Its id" };

    static readonly Option<string?> To = new("--to") { Description = "File to write, - for standard output; default: its own name, which must be free in this folder", HelpName = "file" };

    public static Command Create()
    {
        var command = ApiVerb.Create("download", "Write an attachment as it was uploaded", Id, To);
        command.SetAction(async (parsed, ct) =>
        {
            var api = InstanceApi.ConnectPatiently(parsed);
            var id = parsed.GetValue(Id);
            var to = parsed.GetValue(To);
            var attachment = await api.Attachments.GetAsync(id, ct);
            await using var content = await api.Attachments.DownloadAsync(id, ct);
            // Whatever a server says, it is a name in this folder.
            await using (var file = to switch { null => New(Path.GetFileName(attachment.Name)), "-" => Console.OpenStandardOutput(), _ => OutputFile.Create(to) })
                await content.CopyToAsync(file, ct);
            if (to is not "-")
                Output.Write(parsed, attachment, TerminalText.WithoutControls($"Wrote {to ?? attachment.Name}"));
            return 0;
        });
        return command;
    }

    static FileStream New(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new CliException("unwritable", $"{file} cannot be written: {unwritable.Message}", "name another file with --to");
        }
    }
}
