using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Cli.Transfers;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class MemoriesImportCommand
{
    static readonly Argument<string> From = new("file") { Description = "An export of memories" };

    public static Command Create()
    {
        var command = ApiVerb.Create("import", "Import memories; what is there already stays as it is", From);
        command.SetAction(async (parsed, stop) =>
        {
            await using var file = ImportFile.Open(parsed.GetValue(From)!);
            var result = await InstanceApi.ConnectPatiently(parsed).Memories.ImportAsync(file.Content, stop);
            Output.Write(parsed, result, Text(result));
            return result.Failed == 0 ? 0 : 1;
        });
        return command;
    }

    static string Text(MemoryImportResult result) => string.Join(
        Environment.NewLine,
        [
            $"Imported {RunWords.Count(result.Imported, "memory", "memories")}; there already: {result.Skipped}; not imported: {result.Failed}",
            .. result.Problems.Select(p => TerminalText.WithoutControls($"  line {p.Line}: {p.Message}")),
        ]);
}
