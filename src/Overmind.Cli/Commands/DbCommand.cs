using System.CommandLine;

namespace Overmind.Cli.Commands;

static class DbCommand
{
    public static Command Create() => new("db", "Migrate the database, say where it stands, roll it back, encrypt its secrets anew")
    {
        DbMigrateCommand.Create(),
        DbStatusCommand.Create(),
        DbRollbackCommand.Create(),
        DbReencryptCommand.Create(),
    };
}
