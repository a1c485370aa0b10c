using System.CommandLine;
using System.Text.Json;
using Overmind.Client;

namespace Overmind.Cli.Memory;

/// <summary>What the verbs of memories have in common.</summary>
static class MemoryOptions
{
    public static readonly Argument<Guid> Memory = new("memory") { Description = "The memory's id" };

    public static readonly Option<string?> Parts = new("--parts") { Description = "It in the shape of its type, as JSON", HelpName = "json" };

    public static readonly Option<string?> Category = new("--category") { Description = "What kind of thing it is, as preference", HelpName = "category" };

    public static readonly Option<Guid?> Datastore = new("--datastore") { Description = "The collection that it goes into", HelpName = "id" };

    public static readonly Option<string[]> Tags = new("--tag") { Description = "A word to find it by; may be repeated", HelpName = "tag" };

    public static readonly Option<double?> Importance = new("--importance") { Description = "How much it matters, 0 to 1", HelpName = "number" };

    public static readonly Option<DateTimeOffset?> Expires = new("--expires")
    {
        Description = "From when on it is shown to nobody, as 2030-01-31T12:00:00Z",
        HelpName = "time",
    };

    public static readonly Option<string?> Reason = new("--reason") { Description = "Why; kept with the version", HelpName = "text" };

    static readonly Option<string?> ByType = Typed("--type", "Only of this type: episodic, semantic, procedural or working");

    static readonly Option<string?> ByCategory = new("--category") { Description = "Only of this category", HelpName = "category" };

    static readonly Option<string?> ByTag = new("--tag") { Description = "Only with this tag", HelpName = "tag" };

    static readonly Option<Guid?> ByOwner = new("--owner") { Description = "Only of this member, agent, project or organization", HelpName = "id" };

    static readonly Option<Guid?> InDatastore = new("--datastore") { Description = "Only in this collection", HelpName = "id" };

    static readonly Option<bool> Pinned = new("--pinned") { Description = "Only what is pinned" };

    static readonly Option<bool> Current = new("--current") { Description = "Only what is so now" };

    /// <summary>Which memories.</summary>
    public static readonly Option[] Filter = [ByType, ByCategory, ByTag, ByOwner, InDatastore, Pinned, Current];

    public static MemoryFilter FilterOf(ParseResult parsed) => new()
    {
        MemoryType = parsed.GetValue(ByType),
        Category = parsed.GetValue(ByCategory),
        Tag = parsed.GetValue(ByTag),
        OwnerId = parsed.GetValue(ByOwner),
        DatastoreId = parsed.GetValue(InDatastore),
        Pinned = parsed.GetValue(Pinned) ? true : null,
        Current = parsed.GetValue(Current) ? true : null,
    };

    public static Option<string?> Typed(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "type" };
        option.AcceptOnlyFromAmong("episodic", "semantic", "procedural", "working");
        return option;
    }

    /// <summary>Null where it is not given.</summary>
    /// <exception cref="CliException">It is no JSON.</exception>
    public static JsonElement? PartsOf(ParseResult parsed)
    {
        if (parsed.GetValue(Parts) is not { } text)
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw new CliException("usage", "--parts is no JSON", """give an object, as {"concept": "Tea", "definition": "a drink"}""") { ExitCode = 2 };
        }
    }
}
