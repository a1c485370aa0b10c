using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AttachmentsDeleteCommand
{
    static readonly Argument<Guid> Id = new("attachment") { Description = "Its id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("delete", "Delete an attachment: nobody sees it any more, and messages that name it stay", Id);
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(Id);
            await InstanceApi.Connect(parsed).Attachments.DeleteAsync(id, ct);
            Output.Write(parsed, new { Id = id, Deleted = true }, $"Deleted {id}");
            return 0;
        });
        return command;
    }
}
