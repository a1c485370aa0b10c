using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>The verbs that change an invitation.</summary>
static class InviteVerbs
{
    public static Command Resend() => Verb(
        "resend", "Send an invitation once more; its last link is good no more", (invitations, id, ct) => invitations.ResendAsync(id, ct), "Sent once more to");

    public static Command Cancel() => Verb(
        "cancel", "Cancel an invitation that is pending", (invitations, id, ct) => invitations.CancelAsync(id, ct), "Cancelled the invitation of");

    static Command Verb(string name, string description, Func<InvitationsClient, Guid, CancellationToken, Task<Invitation>> act, string done)
    {
        var id = new Argument<Guid>("invitation") { Description = "Its id" };
        var command = ApiVerb.Create(name, description, id);
        command.SetAction(async (parsed, ct) =>
        {
            var invitation = await act(InstanceApi.Connect(parsed).Invitations, parsed.GetValue(id), ct);
            Output.Write(parsed, invitation, $"{done} {invitation.Email}");
            return 0;
        });
        return command;
    }
}
