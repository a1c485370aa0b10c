using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Postgres.Migrations;

namespace Overmind.Cli.Commands;

static class DbStatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "List the migrations, and when each was applied");
        command.SetAction(async (parsed, ct) =>
        {
            await using var instance = await InstanceDatabase.OpenAsync(InstanceFolder.Of(parsed), ct);
            var migrations = await new Migrator(instance.Url).StatusAsync(ct);
            Output.Write(parsed, new { Migrations = migrations }, string.Join('\n', migrations.Select(m =>
                $"{m.Version,4}  {m.Name,-40}  {(m.AppliedAt is { } at ? $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "pending")}")));
            return 0;
        });
        return command;
    }
}
