using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Overmind.Cli.Commands;
using Spectre.Console;

namespace Overmind.Cli;

/// <summary>The verbs, and what holds for all of them: global options, signals, exit codes 0 (done), 1 (failed), 2 (used wrongly).</summary>
static class CommandLine
{
    // Not RootCommand, which is called as its executable file is.
    public static Command Root() => new("overmind", "The backend an AI application stands on.")
    {
        new HelpOption(),
        GlobalOptions.Data,
        GlobalOptions.Config,
        GlobalOptions.Format,
        UpCommand.Create(),
        StatusCommand.Create(),
        DownCommand.Create(),
        LogsCommand.Create(),
        OrgCommand.Create(),
        UserCommand.Create(),
        TierCommand.Create(),
        KeyCommand.Create(),
        InviteCommand.Create(),
        SessionCommand.Create(),
        PsqlCommand.Create(),
        DbCommand.Create(),
        AskCommand.Create(),
        SearchCommand.Create(),
        AttachmentsCommand.Create(),
        ShareCommand.Create(),
        ModerationCommand.Create(),
        AgentCommand.Create(),
        WorkflowCommand.Create(),
        TemplatesCommand.Create(),
        ConfigCommand.Create(),
        ModelsCommand.Create(),
        PricesCommand.Create(),
        BudgetsCommand.Create(),
        RatesCommand.Create(),
        UsageCommand.Create(),
        ConversationsCommand.Create(),
        MemoriesCommand.Create(),
        DatastoresCommand.Create(),
        CacheCommand.Create(),
        PlaygroundCommand.Create(),
        SettingsCommand.Create(),
        RunCommand.Create(),
        EmbedCommand.Create(),
        EmbeddingsCommand.Create(),
        JobsCommand.Create(),
        WorkerCommand.Create(),
        WebhookCommand.Create(),
        AuditCommand.Create(),
        DoctorCommand.Create(),
        VersionCommand.Create(),
        TestCommand.Create(),
        BenchCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Root();
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
            return Failure.Report(AsksForJson(args) ? OutputFormat.Json : OutputFormat.Text, WrongUse(parsed));

        // No terminal has a width then, and an id that is broken into lines is found by nothing.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 1000;
        using var stop = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        using var hangUp = StopOn(PosixSignal.SIGHUP, stop);
        try
        {
            // Our own handling above replaces the one that ends the process two seconds after a signal.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (Exception failure)
        {
            return Failure.Report(parsed.GetValue(GlobalOptions.Format), failure);
        }
    }

    static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });

    static CliException WrongUse(ParseResult parsed)
    {
        // A verb that does not exist is reported as a missing one, too.
        var verb = parsed.CommandResult.Command;
        var message = verb.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0
            ? $"there is no verb {parsed.UnmatchedTokens[0]}"
            : parsed.Errors[0].Message;
        return new CliException("usage", message, $"see `overmind {Words(parsed.CommandResult)}--help`") { ExitCode = 2 };
    }

    /// <summary>The verb with those it stands under: <c>jobs schedule run </c>.</summary>
    static string Words(CommandResult verb) => verb.Parent is CommandResult above ? $"{Words(above)}{verb.Command.Name} " : "";

    // The options themselves are what could not be read.
    static bool AsksForJson(string[] args) =>
        args.Contains("--format=json") || args.Zip(args.Skip(1)).Contains(("--format", "json"));
}
