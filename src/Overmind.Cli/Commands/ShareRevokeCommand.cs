using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ShareRevokeCommand
{
    static readonly Argument<Guid> Id = new("share") { Description = "Its id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("revoke", "Revoke a share: from then on nobody reads it by the link", Id);
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(Id);
            await InstanceApi.Connect(parsed).Shares.RevokeAsync(id, ct);
            Output.Write(parsed, new { Id = id, Deleted = true }, $"Revoked {id}");
            return 0;
        });
        return command;
    }
}
