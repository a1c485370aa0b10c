using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Postgres;

namespace Overmind.Cli.Commands;

static class DbMigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to the schema of this version; `up` does it by itself");
        command.SetAction(async (parsed, ct) =>
        {
            await using var instance = await InstanceDatabase.OpenAsync(InstanceFolder.Of(parsed), ct);
            var done = await OvermindDatabase.MigrateAsync(instance.Url, ct);
            Output.Write(parsed, new { done.Migrations, done.Routines }, done.IsEmpty
                ? "The database is up to date"
                : $"Applied {done.Migrations.Count} migrations and {done.Routines.Count} routines{string.Concat(done.Migrations.Select(name => $"\n  {name}"))}");
            return 0;
        });
        return command;
    }
}
