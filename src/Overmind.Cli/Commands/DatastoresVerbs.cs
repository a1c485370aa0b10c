using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Cli.Memory;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class DatastoresVerbs
{
    static readonly Argument<Guid> Agent = new("agent") { Description = "The agent's id" };

    public static Command Show()
    {
        var command = ApiVerb.Create("show", "Show a collection with the agents that read it", DatastoreOptions.Datastore);
        command.SetAction(async (parsed, stop) =>
        {
            var datastore = await InstanceApi.Connect(parsed).Datastores.GetAsync(parsed.GetValue(DatastoreOptions.Datastore), stop);
            Output.Write(parsed, datastore, Fields.Of(datastore));
            return 0;
        });
        return command;
    }

    public static Command Delete()
    {
        var command = ApiVerb.Create("delete", "Delete a collection; the memories in it stay", DatastoreOptions.Datastore);
        command.SetAction(async (parsed, stop) =>
        {
            var id = parsed.GetValue(DatastoreOptions.Datastore);
            await InstanceApi.Connect(parsed).Datastores.DeleteAsync(id, null, stop);
            Output.Write(parsed, new { Id = id }, $"Deleted {id}");
            return 0;
        });
        return command;
    }

    public static Command Link() => Linking("link", "Let an agent read what is in a collection", (datastores, id, agent, stop) => datastores.LinkAsync(id, agent, stop));

    public static Command Unlink() => Linking("unlink", "Let an agent read a collection no longer", (datastores, id, agent, stop) => datastores.UnlinkAsync(id, agent, stop));

    static Command Linking(string name, string description, Func<DatastoresClient, Guid, Guid, CancellationToken, Task<Datastore>> change)
    {
        var command = ApiVerb.Create(name, description, DatastoreOptions.Datastore, Agent);
        command.SetAction(async (parsed, stop) =>
        {
            var datastore = await change(InstanceApi.Connect(parsed).Datastores, parsed.GetValue(DatastoreOptions.Datastore), parsed.GetValue(Agent), stop);
            Output.Write(parsed, datastore, $"{RunWords.Count(datastore.AgentIds.Count, "agent")} read{(datastore.AgentIds.Count == 1 ? "s" : "")} '{TerminalText.WithoutControls(datastore.Name)}'");
            return 0;
        });
        return command;
    }
}
