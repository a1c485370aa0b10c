using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Commands;

static class AskCommand
{
    static readonly Argument<string?> Question = new("question") { Description = "The question; - reads it from standard input", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<Guid?> Conversation = new("--conversation") { Description = "Conversation to ask in; default: a new one", HelpName = "id" };

    static readonly Option<FileInfo?> File = new("--file")
    {
        Description = """Ask a file of questions, one {"question_id": …, "turns": […]} a line; goes on where it was interrupted""",
        HelpName = "questions.jsonl",
    };

    static readonly Option<FileInfo?> Out = new("--out") { Description = "With --file: where the answers go; default: beside it, as questions.results.jsonl", HelpName = "results.jsonl" };

    static readonly Option<int> Parallel = new("--parallel") { Description = "With --file: questions at once, 1 to 64", DefaultValueFactory = _ => 4 };

    static readonly Option<string[]> Attach = new("--attach") { Description = "File that comes with the question; may be given more than once", HelpName = "file" };

    static AskCommand() => Parallel.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out var count) && count is >= 1 and <= 64))
            result.AddError("--parallel is a number from 1 to 64");
    });

    public static Command Create()
    {
        var command = new Command("ask", "Ask a question and watch its run; or a whole file of questions")
        {
            Question, Conversation, AskOptions.WorkflowOption, AskOptions.ThresholdOption, AskOptions.IterationsOption, AskOptions.ApproveFromOption, Attach, File, Out, Parallel, InstanceApi.Url, InstanceApi.Key,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Question) is null == result.GetValue(File) is null)
                result.AddError("give one question, or a file of them with --file");
            if (result.GetValue(File) is not null && result.GetValue(Attach) is { Length: > 0 })
                result.AddError("--attach goes with one question, not with --file");
        });
        command.SetAction(async (parsed, stop) => parsed.GetValue(File) is { } file
            ? await AskFileAsync(parsed, file, stop)
            : await new AskOne(InstanceApi.Connect(parsed), AskOptions.Of(parsed), Output.IsJson(parsed))
            {
                Files = parsed.GetValue(Attach) ?? [],
            }.RunAsync(parsed.GetValue(Question) is "-" ? await Console.In.ReadToEndAsync(stop) : parsed.GetValue(Question)!, parsed.GetValue(Conversation)));
        return command;
    }

    static async Task<int> AskFileAsync(ParseResult parsed, FileInfo file, CancellationToken stop)
    {
        if (!file.Exists)
            throw new CliException("no_file", $"there is no file {file}", "name a file of questions");
        var results = parsed.GetValue(Out)?.FullName ?? Path.Combine(file.DirectoryName!, Path.GetFileNameWithoutExtension(file.Name) + ".results.jsonl");
        return await new AskFile(InstanceApi.Connect(parsed), AskOptions.Of(parsed), parsed.GetValue(Parallel), Output.IsJson(parsed)).RunAsync(file.FullName, results, stop);
    }
}
