using System.CommandLine;

namespace Overmind.Cli.Commands;

static class JobsScheduleCommand
{
    public static Command Create() => new("schedule", "What is done again and again, at a local time")
    {
        JobsScheduleListCommand.Create(),
        JobsScheduleCreateCommand.Create(),
        JobsScheduleShowCommand.Create(),
        JobsScheduleEditCommand.Create(),
        JobsScheduleVerbs.Pause(),
        JobsScheduleVerbs.Resume(),
        JobsScheduleVerbs.Run(),
        JobsScheduleVerbs.Delete(),
    };

    /// <summary>The schedule a verb is about.</summary>
    public static Argument<Guid> Id() => new("schedule") { Description = "Its id" };
}
