using System.CommandLine;

namespace Overmind.Cli.Commands;

static class MemoriesCommand
{
    public static Command Create() => new("memories", "See, write, correct and forget what is remembered")
    {
        MemoriesAddCommand.Create(),
        MemoriesListCommand.Create(),
        MemoriesSearchCommand.Create(),
        MemoriesShowCommand.Create(),
        MemoriesEditCommand.Create(),
        MemoriesPinVerbs.Pin(),
        MemoriesPinVerbs.Unpin(),
        MemoriesDeleteCommand.Create(),
        MemoriesRestoreCommand.Create(),
        MemoriesVersionsCommand.Create(),
        MemoriesStatsCommand.Create(),
        MemoriesPruneCommand.Create(),
        MemoriesConsolidateCommand.Create(),
        MemoriesExportCommand.Create(),
        MemoriesImportCommand.Create(),
    };
}
