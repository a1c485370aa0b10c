using System.CommandLine;

namespace Overmind.Cli.Authoring;

/// <summary>A workflow on the command line: <c>key</c>, or <c>key@version</c>.</summary>
static class WorkflowName
{
    public static readonly Argument<string> Argument = new("workflow") { Description = "Its key for the active version, or key@version" };

    public static readonly Argument<string> Version = new("workflow") { Description = "The version, as key@2" };

    public static readonly Argument<string> Key = new("key") { Description = "Its key" };

    public static (string Key, int? Version) Split(string text)
    {
        if (Overmind.Agents.WorkflowName.Parse(text) is { } name)
            return (name.Key, name.Version);
        throw new CliException("usage", $"{text} names no workflow", "write key, or key@2 for a version") { ExitCode = 2 };
    }

    public static (string Key, int Version) SplitVersion(string text) => Split(text) is (var key, { } version)
        ? (key, version)
        : throw new CliException("usage", $"{text} names no version", $"write {text}@2 for version 2; `overmind workflow list` shows them") { ExitCode = 2 };
}
