using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Transfers;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class ConversationsImportCommand
{
    static readonly Argument<string> From = new("file") { Description = "An export of Overmind, lines of OpenAI's messages, ChatGPT's conversations.json, or the zip that has it" };

    static readonly Option<string?> Format = new("--as") { Description = "What it is: overmind, openai or chatgpt; default: as it begins", HelpName = "format" };

    public static Command Create()
    {
        var command = ApiVerb.Create("import", "Import conversations; what is there already stays as it is", From, Format);
        Format.AcceptOnlyFromAmong("overmind", "openai", "chatgpt");
        command.SetAction(async (parsed, ct) =>
        {
            await using var file = ImportFile.Open(parsed.GetValue(From)!);
            await using var progress = new ProgressStream(file.Content, file.Length, Console.IsErrorRedirected ? null : Console.Error);
            var result = await InstanceApi.ConnectPatiently(parsed).Conversations.ImportAsync(progress, parsed.GetValue(Format), ct);
            Output.Write(parsed, result, Text(result));
            return result.Failed == 0 ? 0 : 1;
        });
        return command;
    }

    static string Text(ImportResult result) => string.Join(
        Environment.NewLine,
        [
            $"Imported {RunWords.Count(result.Imported, "conversation")} with {RunWords.Count(result.Messages, "message")}; there already: {result.Skipped}; not imported: {result.Failed}",
            .. result.Problems.Select(p => TerminalText.WithoutControls($"  {Place(p)}: {p.Message}")),
        ]);

    static string Place(ImportProblem problem) => problem switch
    {
        { Line: { } line, Conversation: { } name } => $"line {line}, conversation {name}",
        { Line: { } line } => $"line {line}",
        _ => $"conversation {problem.Conversation}",
    };
}
