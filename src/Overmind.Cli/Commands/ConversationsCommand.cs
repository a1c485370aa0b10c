using System.CommandLine;

namespace Overmind.Cli.Commands;

static class ConversationsCommand
{
    public static Command Create() => new("conversations", "Branches, versions, context windows, import and export of conversations")
    {
        ConversationsBranchesCommand.Create(),
        ConversationsSwitchCommand.Create(),
        ConversationsForkCommand.Create(),
        ConversationsRegenerateCommand.Create(),
        ConversationsVersionsCommand.Create(),
        ConversationsRestoreCommand.Create(),
        ConversationsContextCommand.Create(),
        ConversationsPruneCommand.Create(),
        ConversationsImportCommand.Create(),
        ConversationsExportCommand.Create(),
    };
}
