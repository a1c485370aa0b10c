using System.CommandLine;

namespace Overmind.Cli.Commands;

static class CacheCommand
{
    public static Command Create() => new("cache", "See what the response cache has and what it saved, and take answers out of it")
    {
        CacheEntriesCommand.Create(),
        CacheShowCommand.Create(),
        CacheInvalidateCommand.Create(),
        CacheSavingsCommand.Create(),
    };
}
