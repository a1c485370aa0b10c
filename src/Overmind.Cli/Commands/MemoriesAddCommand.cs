using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class MemoriesAddCommand
{
    static readonly Argument<string?> Content = new("content") { Description = "Its words; none with --parts", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<string?> Type = MemoryOptions.Typed("--type", "episodic (what happened), semantic (what is so), procedural (how something is done) or working (what is at hand)");

    static readonly Option<Guid?> Agent = new("--agent") { Description = "An agent remembers it, in your service", HelpName = "id" };

    static readonly Option<Guid?> Project = new("--project") { Description = "It belongs to this project", HelpName = "id" };

    static readonly Option<bool> Organization = new("--organization") { Description = "It is the organization's, and every member sees it" };

    static readonly Option<Guid?> Message = new("--message") { Description = "The message that said it", HelpName = "id" };

    static readonly Option<bool> Pinned = new("--pinned") { Description = "It does not fade and is never pruned" };

    public static Command Create()
    {
        Type.Required = true;
        var command = ApiVerb.Create(
            "add", "Remember something; what is remembered already is not written twice", Content, Type, MemoryOptions.Parts, Agent, Project, Organization, MemoryOptions.Datastore, MemoryOptions.Category,
            MemoryOptions.Tags, MemoryOptions.Importance, Pinned, MemoryOptions.Expires, Message);
        command.Validators.Add(parsed =>
        {
            if (((bool[])[parsed.GetValue(Agent) is not null, parsed.GetValue(Project) is not null, parsed.GetValue(Organization)]).Count(given => given) > 1)
                parsed.AddError("Pass one of --agent, --project and --organization.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var (agent, project) = (parsed.GetValue(Agent), parsed.GetValue(Project));
            var memory = await InstanceApi.Connect(parsed).Memories.CreateAsync(
                new NewMemory
                {
                    MemoryType = parsed.GetValue(Type)!,
                    Content = parsed.GetValue(Content),
                    ContentParts = MemoryOptions.PartsOf(parsed),
                    OwnerType = agent is not null ? "agent" : project is not null ? "project" : parsed.GetValue(Organization) ? "organization" : null,
                    OwnerId = agent ?? project,
                    DatastoreId = parsed.GetValue(MemoryOptions.Datastore),
                    Category = parsed.GetValue(MemoryOptions.Category),
                    Tags = parsed.GetValue(MemoryOptions.Tags),
                    Importance = parsed.GetValue(MemoryOptions.Importance),
                    Pinned = parsed.GetValue(Pinned) ? true : null,
                    ExpiresAt = parsed.GetValue(MemoryOptions.Expires),
                    SourceMessageId = parsed.GetValue(Message),
                },
                cancellationToken: stop);
            Output.Write(parsed, memory, memory.Id.ToString());
            return 0;
        });
        return command;
    }
}
