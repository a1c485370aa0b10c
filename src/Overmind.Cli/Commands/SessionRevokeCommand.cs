using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class SessionRevokeCommand
{
    static readonly Argument<string?> Which = new("session") { Description = "Its id; none with --all", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<bool> All = new("--all") { Description = "All of them" };

    public static Command Create()
    {
        var command = ApiVerb.Create("revoke", "End a session at once, on every node", Which, All);
        command.SetAction(async (parsed, ct) =>
        {
            var sessions = InstanceApi.Connect(parsed).Sessions;
            if (parsed.GetValue(All))
            {
                var count = await sessions.RevokeOthersAsync(ct);
                Output.Write(parsed, new { Count = count }, $"Ended {RunWords.Count(count, "session")}");
                return 0;
            }
            var which = parsed.GetValue(Which) ?? throw new CliException("usage", "no session is named", "name one of `overmind session list`, or pass --all") { ExitCode = 2 };
            if (!Guid.TryParse(which, out var id)) throw new CliException("usage", $"{which} is no session's id", "take one of `overmind session list`, or pass --all") { ExitCode = 2 };
            await sessions.RevokeAsync(id, ct);
            Output.Write(parsed, new { Id = id, Deleted = true }, $"Ended {id}");
            return 0;
        });
        return command;
    }
}
