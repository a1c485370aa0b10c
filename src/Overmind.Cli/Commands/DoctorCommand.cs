using System.CommandLine;
using Overmind.Cli.Configuration;
using Overmind.Cli.Doctor;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Look at what this machine has and lacks, and say how to mend it; exit code 1 when something needed is missing");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            // Unchecked: what is wrong with the configuration is a finding.
            var findings = await Examination.LookAsync(folder, EffectiveConfiguration.Read(parsed, folder), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, new { Findings = findings });
            else
                Show(findings);
            return findings.Any(finding => finding is { Needed: true, Ok: false }) ? 1 : 0;
        });
        return command;
    }

    static void Show(IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var finding in findings)
        {
            var state = finding.Ok ? "[green]ok[/]" : finding.Needed ? "[red]missing[/]" : "[yellow]absent[/]";
            table.AddRow(state, Markup.Escape(finding.Name), Markup.Escape(finding.Found));
            if (finding.Remedy is { } remedy)
                table.AddRow("", "", Markup.Escape($"-> {remedy}"));
        }
        AnsiConsole.Write(table);
    }
}
