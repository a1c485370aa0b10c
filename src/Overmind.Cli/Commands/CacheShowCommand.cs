using System.CommandLine;
using Overmind.Cli.Ask;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class CacheShowCommand
{
    static readonly Argument<Guid> Id = new("entry") { Description = "Its id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show an answer of the cache, what was asked and what it saved", Id);
        command.SetAction(async (parsed, ct) =>
        {
            var entry = await InstanceApi.Connect(parsed).Cache.GetAsync(parsed.GetValue(Id), ct);
            Output.Write(parsed, entry, Text(entry));
            return 0;
        });
        return command;
    }

    static string Text(CacheEntry entry) => TerminalText.WithoutControls(string.Join('\n',
    [
        $"{entry.Id}  {(entry.Provider is null ? "" : entry.Provider + "/")}{entry.Model}  {entry.QualityTier}",
        $"  stored   {entry.CreatedAt:yyyy-MM-dd HH:mm:ss}Z, expires {entry.ExpiresAt:yyyy-MM-dd HH:mm:ss}Z",
        $"  given    {RunWords.Count(entry.HitCount, "time")}, saving {RunWords.Count(entry.TokensUsed ?? 0, "token")} each ({RunWords.Cost(entry.CostUsd)})",
        .. entry.Tags.Count > 0 ? [$"  tags     {string.Join(", ", entry.Tags)}"] : Array.Empty<string>(),
        .. entry.Question is { } question ? [$"  question {question}"] : Array.Empty<string>(),
        "",
        entry.ResponseContent,
    ]));
}
