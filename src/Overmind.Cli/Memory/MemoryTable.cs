using System.Globalization;
using Overmind.Client;
using Spectre.Console;

namespace Overmind.Cli.Memory;

/// <summary>Memories as a table: of each the first words.</summary>
static class MemoryTable
{
    const int Words = 60;

    public static Table Of(IEnumerable<MemoryItem> memories)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Memory", "Type", "Owner").AddColumn("Importance", column => column.RightAligned())
            .AddColumn("Recency", column => column.RightAligned()).AddColumn("Content");
        foreach (var memory in memories)
            table.AddRow(
                memory.Id.ToString(), memory.Category is { } category ? Markup.Escape($"{memory.MemoryType} ({category})") : memory.MemoryType, memory.OwnerType,
                Number(memory.Importance), memory.Pinned ? "pinned" : Number(memory.Recency), Markup.Escape(Beginning(memory.Content)));
        return table;
    }

    public static string Beginning(string content)
    {
        var line = TerminalText.WithoutControls(content.ReplaceLineEndings(" "));
        return line.Length <= Words ? line : line[..(Words - 1)] + "…";
    }

    static string Number(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
