using System.CommandLine;

namespace Overmind.Cli.Commands;

static class ModerationCommand
{
    public static Command Create() => new("moderation", "Review messages that moderation has flagged, blocked or not settled yet")
    {
        ModerationListCommand.Create(),
        ModerationVerbs.Approve(),
        ModerationVerbs.Block(),
    };
}
