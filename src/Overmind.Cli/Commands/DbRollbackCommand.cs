using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Postgres.Migrations;

namespace Overmind.Cli.Commands;

static class DbRollbackCommand
{
    static readonly Option<int> To = new("--to") { Description = "Version that stays; 0 undoes all", Required = true };
    static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before rows are dropped" };

    static DbRollbackCommand() => To.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !ushort.TryParse(result.Tokens[0].Value, out _))
            result.AddError("--to is the number of a migration, or 0");
    });

    public static Command Create()
    {
        var command = new Command("rollback", "Undo the newest migrations; the tables they made go with their rows") { To, Yes };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            if (InstanceDatabase.Named(folder) is null && folder.Running() is not null)
                throw new CliException("instance_runs", $"the instance in {folder.Path} runs on this schema", "stop it with `overmind down`, then roll back");
            await using var instance = await InstanceDatabase.OpenAsync(folder, ct);
            var migrator = new Migrator(instance.Url);
            var undone = (await migrator.StatusAsync(ct)).Where(m => m.Version > parsed.GetValue(To) && m.AppliedAt is not null).OrderByDescending(m => m.Version).ToList();
            if (undone.Count > 0 && !parsed.GetValue(Yes))
                Confirm(undone);
            var done = await migrator.RollbackAsync(parsed.GetValue(To), ct);
            Output.Write(parsed, new { done.Migrations }, done.Migrations.Count == 0
                ? "Nothing to undo"
                : $"Undid {done.Migrations.Count} migrations; `overmind db migrate` and `overmind up` apply them again{string.Concat(done.Migrations.Select(name => $"\n  {name}"))}");
            return 0;
        });
        return command;
    }

    static void Confirm(List<MigrationStatus> undone)
    {
        if (Console.IsInputRedirected)
            throw new CliException("needs_confirmation", $"undoing {undone.Count} migrations drops their tables with all rows", "say --yes when that is meant");
        Console.Error.Write($"This undoes {string.Join(", ", undone.Select(m => m.Name))} and drops their tables with all rows. Type yes to go on: ");
        if (Console.ReadLine()?.Trim() != "yes")
            throw new CliException("not_confirmed", "nothing was undone", "type yes, or say --yes");
    }
}
