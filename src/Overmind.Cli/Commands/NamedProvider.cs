using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>A provider by the name that a verb was given.</summary>
static class NamedProvider
{
    public static async Task<ModelProvider> FindAsync(ModelProvidersClient providers, string name, CancellationToken ct)
    {
        var all = (await providers.ListAsync(cancellationToken: ct)).Items;
        return all.FirstOrDefault(provider => provider.Key == name) ?? throw new CliException(
            "model_provider_not_found",
            $"there is no provider {name}{(all.Count == 0 ? "" : $" (there are {string.Join(", ", all.Select(provider => provider.Key))})")}",
            "see `overmind models providers`");
    }
}
