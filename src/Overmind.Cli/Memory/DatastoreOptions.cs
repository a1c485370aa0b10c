using System.CommandLine;

namespace Overmind.Cli.Memory;

/// <summary>What the verbs of collections have in common.</summary>
static class DatastoreOptions
{
    public static readonly Argument<Guid> Datastore = new("datastore") { Description = "The collection's id" };

    public static readonly Option<string?> Description = new("--description") { Description = "What is in it", HelpName = "text" };

    public static readonly Option<string?> Visibility = Known(new("--visibility") { Description = "private or organization", HelpName = "visibility" });

    static Option<string?> Known(Option<string?> option)
    {
        option.AcceptOnlyFromAmong("private", "organization");
        return option;
    }
}
