using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Overmind.Models;

namespace Overmind.Cli.Commands;

static class ModelsAddCommand
{
    static readonly Argument<string> Kind = new("kind") { Description = "openai (and what is compatible), anthropic or ollama" };

    static readonly Option<string?> Name = new("--name") { Description = "The first part of provider/model; default: the kind", HelpName = "name" };

    static readonly Option<string?> BaseUrl = new("--base-url") { Description = "Its address; default: the provider's own, for ollama http://localhost:11434", HelpName = "url" };

    static readonly Option<string?> KeyFromEnv = new("--key-from-env")
    {
        Description = "Environment variable that holds its API key; left out for one that needs none",
        HelpName = "variable",
    };

    static readonly Option<string?> Model = new("--model") { Description = "Model to try it with; default: a cheap one that it lists", HelpName = "model" };

    static ModelsAddCommand() => Kind.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && LowerSnake.Read<ModelProviderKind>(result.Tokens[0].Value) is null)
            result.AddError("the kind is openai, anthropic or ollama");
    });

    public static Command Create()
    {
        var command = new Command("add", "Connect a provider and try it; its key comes from the environment, never from an argument")
        {
            Kind, Name, BaseUrl, KeyFromEnv, Model, InstanceApi.Url, InstanceApi.Key,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var providers = InstanceApi.Connect(parsed).ModelProviders;
            var added = await providers.AddAsync(
                new Client.NewModelProvider
                {
                    Key = parsed.GetValue(Name),
                    Kind = parsed.GetValue(Kind)!,
                    BaseUrl = parsed.GetValue(BaseUrl),
                    Secret = SecretOf(parsed.GetValue(KeyFromEnv)),
                }, ct);
            var test = await TryAsync(providers, added, parsed.GetValue(Model), ct);
            Output.Write(parsed, test, $"Connected {added.Key}: {ModelsTestCommand.Describe(test)}");
            return 0;
        });
        return command;
    }

    static string? SecretOf(string? variable) => variable is null ? null
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } secret ? secret.Trim()
        : throw new CliException("no_secret", $"the environment variable {variable} is not set", $"set it to the API key: export {variable}=…");

    static async Task<Client.ModelProviderTest> TryAsync(ModelProvidersClient providers, Client.ModelProvider added, string? model, CancellationToken ct)
    {
        try
        {
            return await providers.TestAsync(added.Id, model, ct);
        }
        catch (OvermindApiException failed)
        {
            throw new CliException(
                failed.Code.Length > 0 ? failed.Code : "refused", $"{added.Key} is connected, but its test failed: {failed.Message}",
                $"mend it and run `overmind models test {added.Key}`, or take it out with `overmind models remove {added.Key}`");
        }
    }
}
