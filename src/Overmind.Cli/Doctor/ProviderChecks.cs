using Overmind.Cli.Commands;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Doctor;

/// <summary>Asks each connected provider of a running instance one small question.</summary>
static class ProviderChecks
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(InstanceFolder folder, CancellationToken ct)
    {
        if (folder.Running() is not { Url: { } url } || InstanceKey.Read(folder) is not { } key)
            return [];
        var providers = new OvermindClient(new Uri(url), key).ModelProviders;
        try
        {
            var connected = (await providers.ListAsync(cancellationToken: ct)).Items;
            return connected.Count == 0
                ? [new Finding("model providers", true, false, "none: answers come from offline/offline", "connect one with `overmind models add`")]
                : await Task.WhenAll(connected.Select(provider => LookAsync(providers, provider, ct)));
        }
        catch (Exception unanswered) when (unanswered is OvermindApiException or HttpRequestException)
        {
            return [new Finding("model providers", false, false, $"could not be listed: {unanswered.Message}", "see `overmind logs`")];
        }
    }

    static async Task<Finding> LookAsync(ModelProvidersClient providers, ModelProvider provider, CancellationToken ct)
    {
        var name = $"provider {provider.Key}";
        if (!provider.IsActive)
            return new Finding(name, true, false, "switched off");
        try
        {
            return new Finding(name, true, false, ModelsTestCommand.Describe(await providers.TestAsync(provider.Id, cancellationToken: ct)));
        }
        catch (Exception failed) when (failed is OvermindApiException or HttpRequestException)
        {
            return new Finding(name, false, false, failed.Message, $"enter what is wrong anew with `overmind models remove {provider.Key}` and `overmind models add`");
        }
    }
}
