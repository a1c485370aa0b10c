using System.CommandLine;

namespace Overmind.Cli.Commands;

static class AttachmentsCommand
{
    public static Command Create() => new("attachments", "Upload files that messages show, list, download and delete them")
    {
        AttachmentsUploadCommand.Create(),
        AttachmentsListCommand.Create(),
        AttachmentsDownloadCommand.Create(),
        AttachmentsDeleteCommand.Create(),
    };
}
