using System.Text.Json;
using Overmind.Cli.Ask;

namespace Overmind.Cli.Tests.Ask;

public class RunGridTests
{
    readonly RunGrid _grid = new();

    [Fact]
    public void Agents_stand_above_the_synthesis_in_the_order_they_began()
    {
        Start(1, "agent", "creative");
        Start(1, "agent", "structural");
        Start(1, "observe");
        Start(2, "agent", "late");
        _grid.Rows.Select(row => row.Name).ShouldBe(["Creative", "Structural", "Late", "observe"]);
        _grid.Iterations.Select(iteration => iteration.Number).ShouldBe([1, 2]);
        _grid.IsOffline.ShouldBeTrue();
    }

    [Fact]
    public void A_step_grows_is_sent_back_and_is_done()
    {
        Start(1, "agent", "creative");
        Apply("step.delta", """{"step_id": "1/agent/creative", "delta": "four"}""");
        Cell().ShouldBe(new GridCell(CellState.Running) { Characters = 4 });
        Apply("step.sent_back", """{"step_id": "1/agent/creative", "reason": "three lines"}""");
        Cell().State.ShouldBe(CellState.SentBack);
        Start(1, "agent", "creative");
        Cell().State.ShouldBe(CellState.Running);
        Apply("step.completed", """{"step_id": "1/agent/creative", "tokens_output": 12, "latency_ms": 34}""");
        Cell().ShouldBe(new GridCell(CellState.Done) { TokensOutput = 12, LatencyMs = 34 });
    }

    [Fact]
    public void An_event_that_comes_twice_or_is_unknown_changes_nothing()
    {
        for (var time = 0; time < 2; time++)
        {
            Start(1, "agent", "creative");
            Apply("step.completed", """{"step_id": "1/agent/creative", "tokens_output": 12, "latency_ms": 34}""");
            Apply("step.imagined", """{"step_id": "1/agent/creative"}""");
        }
        _grid.Rows.Count.ShouldBe(1);
        Cell().ShouldBe(new GridCell(CellState.Done) { TokensOutput = 12, LatencyMs = 34 });
    }

    [Fact]
    public void The_best_iteration_moves_and_an_unscored_one_has_no_score()
    {
        Apply("iteration.started", """{"iteration": 1, "repair_directive": null}""");
        Apply("iteration.completed", """{"iteration": 1, "score": 7.5, "best_score": 7.5, "best_iteration": 1}""");
        Apply("iteration.started", """{"iteration": 2, "repair_directive": "Name the reasons."}""");
        Apply("iteration.completed", """{"iteration": 2, "score": null, "best_score": 7.5, "best_iteration": 1}""");
        Apply("iteration.completed", """{"iteration": 3, "score": 9.1, "best_score": 9.1, "best_iteration": 3}""");
        _grid.Iterations.Select(iteration => (iteration.Score, iteration.IsBest)).ShouldBe([(7.5, false), (null, false), (9.1, true)]);
    }

    GridCell Cell() => _grid.Cell(_grid.Rows[0], _grid.Iterations[0]).ShouldNotBeNull();

    void Start(int iteration, string phase, string agent = "") => Apply("step.started", $$"""
        {"step_id": "{{iteration}}/{{phase}}/{{agent}}", "iteration": {{iteration}}, "phase": "{{phase}}", "provider": "offline",
         "agent_key": "{{agent}}", "agent_name": "{{(agent.Length > 0 ? char.ToUpperInvariant(agent[0]) + agent[1..] : "")}}"}
        """);

    void Apply(string type, string data)
    {
        using var document = JsonDocument.Parse(data);
        _grid.Apply(type, document.RootElement);
    }
}
