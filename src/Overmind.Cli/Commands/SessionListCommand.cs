using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class SessionListCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("list", "List the sessions of the key's member, newest first, at most 100");
        command.SetAction(async (parsed, ct) =>
        {
            var sessions = (await InstanceApi.Connect(parsed).Sessions.ListAsync(new Client.PageRequest { Limit = 100 }, ct)).Items;
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, sessions);
            else
                AnsiConsole.Write(TableOf(sessions));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Session> sessions)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Session", "Device", "Address", "Signed in", "Last active");
        foreach (var session in sessions)
            table.AddRow(
                session.Id.ToString(),
                Markup.Escape(session.DeviceName ?? session.UserAgent ?? session.DeviceType),
                session.IpAddress ?? "",
                session.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'"),
                session.LastActiveAt.ToString("yyyy-MM-dd HH:mm'Z'"));
        return table;
    }
}
