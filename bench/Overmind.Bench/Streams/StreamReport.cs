using System.Globalization;
using Spectre.Console;

namespace Overmind.Bench.Streams;

/// <summary>The figures of streams, for people and for docs/performance.md.</summary>
static class StreamReport
{
    public static void WriteToConsole(StreamFigures figures)
    {
        foreach (var first in figures.FirstBytes)
            AnsiConsole.MarkupLineInterpolated($"First byte through {first.Name}: p50 {Ms(first.Milliseconds.P50)} ms, p95 {Ms(first.Milliseconds.P95)} ms{Aim(figures, first)}");
        foreach (var memory in figures.Memory)
            AnsiConsole.MarkupLineInterpolated($"{memory.Streams} streams: {memory.Megabytes:0} MB, {memory.MegabytesAtEnd:0} MB at the end, {memory.Events:0} events/s{Aim(memory)}");
    }

    public static string Markdown(StreamFigures figures) => $"""
        ## Streams

        The beginning of a streamed answer, from the moment in which a provider on loopback writes it until its reader has it. Through a run it is stored
        before it is told, so that any node can serve it; a plain HTTP client that reads the provider's stream is the floor.

        | through | p50 ms | p95 ms | p50 over the plain reader's | aim |
        |---|--:|--:|--:|---|
        {string.Join('\n', figures.FirstBytes.Select(f => $"| {f.Name} | {Ms(f.Milliseconds.P50)} | {Ms(f.Milliseconds.P95)} | {Ms(figures.Added(f))} | {Aim(figures, f).TrimStart(';', ' ')} |"))}

        Resident memory of one node while its runs stream, each to a reader of its own over a connection of its own, a piece of text in each half second;
        the last row is after all of them have ended.

        | streams at once | events/s | MB at the beginning | MB at the end | aim |
        |--:|--:|--:|--:|---|
        {string.Join('\n', figures.Memory.Select(m => $"| {m.Streams} | {m.Events:0} | {m.Megabytes:0} | {m.MegabytesAtEnd:0} | {Aim(m).TrimStart(';', ' ')} |"))}
        """;

    static string Aim(StreamFigures figures, FirstByte first) =>
        figures.IsReachedBy(first) is { } reached ? $"; ≤ {StreamFigures.MostAdded:0} ms: {Reached(reached)}" : "";

    static string Aim(StreamMemory memory) =>
        StreamFigures.IsReachedBy(memory) is { } reached ? $"; grows by ≤ {(StreamFigures.MostGrowth - 1) * 100:0} %: {Reached(reached)}" : "";

    static string Reached(bool reached) => reached ? "reached" : "**missed**";

    static string Ms(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture);
}
