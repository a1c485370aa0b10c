using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class EmbeddingsCancelCommand
{
    public static Command Create()
    {
        var command = new Command("cancel", "Give a migration up, while the former model is still searched: it stays, and what was made is taken away");
        command.SetAction(async (parsed, ct) => await EmbeddingsOwner.RunAsync(InstanceFolder.Of(parsed), async migrations =>
        {
            await migrations.CancelAsync(ct);
            var migration = (await migrations.StatusAsync(ct)).Migration!;
            Output.Write(parsed, migration, $"Gave the migration to {migration.To} up; {migration.From} stays. What was made is taken away within minutes");
            return 0;
        }, ct));
        return command;
    }
}
