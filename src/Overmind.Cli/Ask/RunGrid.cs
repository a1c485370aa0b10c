using System.Text.Json;

namespace Overmind.Cli.Ask;

/// <summary>
/// What a run looks like so far: a row an agent and a synthesis phase, a column an iteration. Made from its events; an event that comes
/// twice changes nothing, one of an unknown type neither.
/// </summary>
sealed class RunGrid
{
    readonly List<GridRow> _rows = [];
    readonly List<GridIteration> _iterations = [];
    readonly Dictionary<(string Row, int Iteration), GridCell> _cells = [];
    readonly Dictionary<string, (string Row, int Iteration)> _places = [];

    /// <summary>Agents in the order they began, then the phases of the synthesis.</summary>
    public IReadOnlyList<GridRow> Rows => _rows;

    public IReadOnlyList<GridIteration> Iterations => _iterations;

    /// <summary>True when any of its answers comes from the offline model.</summary>
    public bool IsOffline { get; private set; }

    /// <summary>For what the run waits, in words; null while it does not.</summary>
    public string? Waiting { get; private set; }

    /// <summary>Null when the step has not begun.</summary>
    public GridCell? Cell(GridRow row, GridIteration iteration) => _cells.GetValueOrDefault((row.Key, iteration.Number));

    /// <param name="type">As <c>step.completed</c>.</param>
    /// <param name="data">The event's JSON object.</param>
    public void Apply(string type, JsonElement data)
    {
        switch (type)
        {
            case "iteration.started":
                Iteration(Number(data, "iteration"));
                break;
            case "step.started":
                Begin(data);
                break;
            case "step.delta":
                Change(data, cell => cell with { Characters = cell.Characters + Text(data, "delta").Length });
                break;
            case "step.delegated":
                Change(data, cell => cell with { State = CellState.Delegated, Reason = Text(data, "to") });
                break;
            case "run.waiting":
                Waiting = $"Iteration {Number(data, "iteration")} waits for its approval: overmind run approve {Text(data, "run_id")}";
                break;
            case "run.approved" or "run.rejected" or "run.started":
                Waiting = null;
                break;
            case "step.sent_back":
                Change(data, cell => cell with { State = CellState.SentBack, Reason = Text(data, "reason") });
                break;
            case "step.completed":
                Change(data, cell => cell with
                {
                    State = CellState.Done,
                    TokensOutput = Number(data, "tokens_output"),
                    LatencyMs = Number(data, "latency_ms"),
                });
                break;
            case "step.failed":
                Change(data, cell => cell with { State = CellState.Failed, Reason = Text(data, "error_message") });
                break;
            case "iteration.completed":
                Complete(data);
                break;
        }
    }

    void Begin(JsonElement data)
    {
        var phase = Text(data, "phase");
        var row = phase switch
        {
            "agent" => Row(Text(data, "agent_key"), Text(data, "agent_name"), isAgent: true),
            // A row of its own: who answers, and whom.
            "delegate" => Row(NameOf(Text(data, "step_key")), $"↳ {NameOf(Text(data, "step_key"))}", isAgent: true),
            _ => Row(phase, phase, isAgent: false),
        };
        var iteration = Iteration(Number(data, "iteration"));
        IsOffline |= Text(data, "provider") == "offline";
        var place = (row.Key, iteration.Number);
        _places[Text(data, "step_id")] = place;
        // A step that is done begins again only when its run is retried.
        if (_cells.GetValueOrDefault(place) is not { State: CellState.Done })
            _cells[place] = new GridCell(CellState.Running);
    }

    void Change(JsonElement data, Func<GridCell, GridCell> change)
    {
        if (_places.TryGetValue(Text(data, "step_id"), out var place))
            _cells[place] = change(_cells[place]);
    }

    void Complete(JsonElement data)
    {
        var completed = Iteration(Number(data, "iteration")) with
        {
            IsCompleted = true,
            Score = data.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null,
        };
        _iterations[_iterations.FindIndex(iteration => iteration.Number == completed.Number)] = completed;
        if (data.TryGetProperty("best_iteration", out var best) && best.ValueKind == JsonValueKind.Number)
            for (var i = 0; i < _iterations.Count; i++)
                _iterations[i] = _iterations[i] with { IsBest = _iterations[i].Number == best.GetInt32() };
    }

    GridRow Row(string key, string name, bool isAgent)
    {
        if (_rows.Find(row => row.Key == key && row.IsAgent == isAgent) is { } found)
            return found;
        var added = new GridRow(key, name, isAgent);
        // A later iteration may bring an agent that failed to begin in the first: it belongs above the synthesis.
        var firstPhase = _rows.FindIndex(row => !row.IsAgent);
        _rows.Insert(isAgent && firstPhase >= 0 ? firstPhase : _rows.Count, added);
        return added;
    }

    GridIteration Iteration(int number)
    {
        if (_iterations.Find(iteration => iteration.Number == number) is { } found)
            return found;
        var added = new GridIteration(number);
        _iterations.Add(added);
        return added;
    }

    /// <summary>What stands after the colon: <c>creative&gt;structural</c>.</summary>
    static string NameOf(string stepKey) => stepKey[(stepKey.IndexOf(':') + 1)..];

    static string Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    static int Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;
}
