using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ModelsRemoveCommand
{
    static readonly Argument<string> Name = new("name") { Description = "The provider's name" };

    public static Command Create()
    {
        var command = new Command("remove", "Take a provider out, and its key with it") { Name, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var providers = InstanceApi.Connect(parsed).ModelProviders;
            var provider = await NamedProvider.FindAsync(providers, parsed.GetValue(Name)!, ct);
            await providers.DeleteAsync(provider.Id, cancellationToken: ct);
            Output.Write(parsed, new { provider.Id, provider.Key, Deleted = true }, $"Removed {provider.Key}");
            return 0;
        });
        return command;
    }
}
