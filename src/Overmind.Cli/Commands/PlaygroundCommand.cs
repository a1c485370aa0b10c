using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Authoring;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class PlaygroundCommand
{
    const int MostModels = 4;

    static readonly Argument<string> Prompt = new("prompt") { Description = "What to ask; - reads it from standard input" };

    static readonly Option<string?> Agent = new("--agent") { Description = "Ask as this agent is asked in a run, by its key or id; default: the prompt as it is", HelpName = "agent" };

    static readonly Option<string[]> Models = new("--model")
    {
        Description = "Model to ask, as offline/offline; up to four of them are asked at once; default: the agent's, else the organization's",
        HelpName = "provider/model",
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<double?> Temperature = new("--temperature") { Description = "0 to 2; default: the agent's, else 0.7", HelpName = "number" };

    static readonly Option<int?> MaxTokens = new("--max-tokens") { Description = "Longest answer, in tokens; default: the agent's, else 1000", HelpName = "count" };

    public static Command Create()
    {
        var command = new Command("playground", "Try a prompt, or an agent, on models side by side") { Prompt, Agent, Models, Temperature, MaxTokens, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, stop) =>
        {
            var api = InstanceApi.Connect(parsed);
            var agent = parsed.GetValue(Agent) is { } named ? await AgentLookup.FindAsync(api, named, stop) : null;
            var given = parsed.GetValue(Prompt)!;
            var call = new NewPlaygroundCall
            {
                Prompt = given == "-" ? await Console.In.ReadToEndAsync(stop) : given,
                Model = "",
                AgentId = agent?.Id,
                Temperature = parsed.GetValue(Temperature),
                MaxTokens = parsed.GetValue(MaxTokens),
            };
            var models = await ModelsAsync(api, parsed.GetValue(Models) ?? [], agent, stop);
            var answers = await Task.WhenAll(models.Select(model => AnswerAsync(api, call with { Model = model }, stop)));
            Output.Write(parsed, answers, string.Join("\n\n", answers.Select(answer => Text(answer, isOne: answers.Length == 1))));
            return answers.All(answer => answer is { ErrorMessage: null, FormatError: null }) ? 0 : 1;
        });
        return command;
    }

    static async Task<IReadOnlyList<string>> ModelsAsync(OvermindClient api, string[] named, Agent? agent, CancellationToken stop)
    {
        if (named.Distinct().ToList() is { Count: > 0 } models)
            return models.Count <= MostModels
                ? models
                : throw new CliException("too_many_models", $"{models.Count} models are too many to ask at once", $"name up to {MostModels}") { ExitCode = 2 };
        if (agent?.Model is { } own)
            return [own];
        return await api.Settings.GetAsync(stop) is { DefaultLlmProvider: { } provider, DefaultModel: { } model } ? [$"{provider}/{model}"] : ["offline/offline"];
    }

    static async Task<PlaygroundAnswer> AnswerAsync(OvermindClient api, NewPlaygroundCall call, CancellationToken stop)
    {
        PlaygroundAnswer? answer = null;
        await foreach (var update in api.Playground.AskAsync(call, stop))
            answer = update.Answer;
        return answer!;
    }

    static string Text(PlaygroundAnswer answer, bool isOne) => string.Join("\n\n",
    [
        .. isOne ? Array.Empty<string>() : [$"── {answer.Provider}/{answer.Model}"],
        .. answer.Output.Length > 0 ? [TerminalText.WithoutControls(answer.Output)] : Array.Empty<string>(),
        .. answer.ErrorMessage is { } error ? [error] : Array.Empty<string>(),
        .. answer.FormatError is { } format ? [$"not in the agent's format: {format}"] : Array.Empty<string>(),
        string.Join(" · ",
        [
            $"{answer.Provider}/{answer.Model}",
            RunWords.Count(answer.TokensInput + answer.TokensOutput, "token"),
            RunWords.Cost(answer.CostUsd),
            RunWords.Seconds(answer.LatencyMs / 1000.0),
            .. answer.IsOffline ? [RunWords.Offline] : Array.Empty<string>(),
        ]),
    ]);
}
