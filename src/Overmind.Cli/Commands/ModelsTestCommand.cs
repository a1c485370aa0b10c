using System.CommandLine;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class ModelsTestCommand
{
    static readonly Argument<string> Name = new("name") { Description = "The provider's name" };

    static readonly Option<string?> Model = new("--model") { Description = "Model to ask; default: a cheap one that it lists", HelpName = "model" };

    public static Command Create()
    {
        var command = new Command("test", "Make one small call of a provider") { Name, Model, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var providers = InstanceApi.Connect(parsed).ModelProviders;
            var provider = await NamedProvider.FindAsync(providers, parsed.GetValue(Name)!, ct);
            var test = await providers.TestAsync(provider.Id, parsed.GetValue(Model), ct);
            Output.Write(parsed, test, Describe(test));
            return 0;
        });
        return command;
    }

    public static string Describe(Client.ModelProviderTest test) => $"{test.Model} answered in {test.LatencyMs} ms: {test.Answer.ReplaceLineEndings(" ")}";
}
