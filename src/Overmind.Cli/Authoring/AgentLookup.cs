using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>Finds an agent by its key or its id.</summary>
static class AgentLookup
{
    public static async Task<Agent> FindAsync(OvermindClient client, string which, CancellationToken cancellationToken)
    {
        if ((await client.Agents.ListAsync(key: which, cancellationToken: cancellationToken)).Items is [var found])
            return found;
        return Guid.TryParse(which, out var id)
            ? await client.Agents.GetAsync(id, cancellationToken)
            : throw new CliException("agent_not_found", $"there is no agent {which}", "see `overmind agent list`");
    }
}
