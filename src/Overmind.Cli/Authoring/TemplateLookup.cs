using Overmind.Client;

namespace Overmind.Cli.Authoring;

/// <summary>Finds a context template by its name or its id.</summary>
static class TemplateLookup
{
    public static async Task<ContextTemplate> FindAsync(OvermindClient client, string which, CancellationToken cancellationToken)
    {
        if ((await client.ContextTemplates.ListAsync(name: which, cancellationToken: cancellationToken)).Items is [var found])
            return found;
        return Guid.TryParse(which, out var id)
            ? await client.ContextTemplates.GetAsync(id, cancellationToken)
            : throw new CliException("context_template_not_found", $"there is no context template {which}", "see `overmind templates list`");
    }
}
