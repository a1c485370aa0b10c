using Spectre.Console;
using Spectre.Console.Rendering;

namespace Overmind.Cli.Ask;

/// <summary>The grid of a run on a terminal: a row an agent or phase, a column an iteration, scores below.</summary>
static class GridTable
{
    /// <param name="frame">Grows with each drawing; it turns the spinner of what is running.</param>
    public static IRenderable Of(RunGrid grid, int frame)
    {
        var table = new Table { Border = TableBorder.Simple, ShowFooters = grid.Iterations.Any(iteration => iteration.IsCompleted) };
        table.AddColumn(new TableColumn("") { Footer = new Text("score") });
        foreach (var iteration in grid.Iterations)
            table.AddColumn(new TableColumn($"iteration {iteration.Number}") { Footer = Score(iteration), NoWrap = true });
        if (grid.Waiting is { } waiting)
            table.Caption(waiting, new Style(Color.Yellow));
        foreach (var row in grid.Rows)
            table.AddRow([
                new Text(row.Name, row.IsAgent ? Style.Plain : new Style(Color.Grey)),
                .. grid.Iterations.Select(iteration => Cell(grid.Cell(row, iteration), frame)),
            ]);
        return table;
    }

    static Text Cell(GridCell? cell, int frame) => cell switch
    {
        null => Text.Empty,
        { State: CellState.Done } => new Text($"✓ {cell.TokensOutput} tokens, {RunWords.Seconds(cell.LatencyMs / 1000.0)}", new Style(Color.Green)),
        { State: CellState.Failed } => new Text("✗ failed", new Style(Color.Red)),
        { State: CellState.Delegated } => new Text($"asks {cell.Reason}", new Style(Color.Yellow)),
        { State: CellState.SentBack } => new Text("↺ asked again", new Style(Color.Yellow)),
        _ => new Text($"{Spinner.Known.Dots.Frames[frame % Spinner.Known.Dots.Frames.Count]} {(cell.Characters > 0 ? $"{cell.Characters} characters" : "")}", new Style(Color.Blue)),
    };

    static Text Score(GridIteration iteration) => !iteration.IsCompleted
        ? Text.Empty
        : new Text(RunWords.Score(iteration.Score) + (iteration.IsBest ? " ★" : ""), new Style(iteration.IsBest ? Color.Green : Color.Default, decoration: Decoration.Bold));
}
