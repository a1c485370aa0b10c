using Overmind.Cli.Ask;
using Overmind.Client;

namespace Overmind.Cli.Commands;

/// <summary>A context window in words.</summary>
static class WindowText
{
    public static string Of(ContextWindow window) => TerminalText.WithoutControls(string.Join('\n',
    [
        $"{RunWords.Count(window.TotalTokens, "token")} of {window.MaxTokens:N0} in {RunWords.Count(window.MessageCount, "message")}{(window.IsEstimated ? ", partly estimated" : "")}",
        $"  system   {window.SystemTokens,10:N0}",
        $"  pinned   {window.PinnedTokens,10:N0}",
        $"  summary  {window.SummaryTokens,10:N0}",
        $"  messages {window.MessageTokens,10:N0}",
        $"  free     {window.FreeTokens,10:N0}",
        $"  {(window.AutoPrune ? $"pruned by {window.PruneStrategy} from {window.MarginTokens:N0}" : "not pruned by itself")}",
    ]));
}
