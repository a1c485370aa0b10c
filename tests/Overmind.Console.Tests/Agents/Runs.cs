using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Agents;

namespace Overmind.WebConsole.Tests.Agents;

/// <summary>Runs, steps and events as the library gives them.</summary>
static class Runs
{
    public static readonly Guid Id = Guid.CreateVersion7();
    static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Run Queued { get; } = new()
    {
        Id = Id,
        ConversationId = Guid.CreateVersion7(),
        QuestionMessageId = Guid.CreateVersion7(),
        Workflow = new RunWorkflow(Guid.CreateVersion7(), "general-problem-solving", 1, "General Problem Solving"),
        Status = RunStatus.Queued,
        QualityThreshold = 9,
        MaxN2Iterations = 4,
        N2Iterations = 0,
        TokensInput = 0,
        TokensOutput = 0,
        CostUsd = 0,
        IsOffline = true,
        CreatedAt = Then,
    };

    public static Run Succeeded { get; } = Queued with
    {
        Status = RunStatus.Succeeded,
        TerminationReason = TerminationReason.Threshold,
        N2Iterations = 2,
        BestIteration = 2,
        BestScore = 9.2,
        TokensInput = 16_000,
        TokensOutput = 2_402,
        CostUsd = 0.1127m,
        LatencyMs = 11_800,
        CompletedAt = Then.AddSeconds(12),
        AnswerMessageId = Guid.CreateVersion7(),
        Answer = "Run both side by side.",
    };

    public static RunStep Step(string key, string? output, StepStatus status = StepStatus.Succeeded, string? error = null, int attempt = 1)
    {
        var (iteration, rest) = (int.Parse(key[..key.IndexOf('/')]), key[(key.IndexOf('/') + 1)..]);
        var agent = rest.StartsWith("agent:", StringComparison.Ordinal) ? rest["agent:".Length..] : null;
        return new RunStep
        {
            Id = Guid.CreateVersion7(),
            RunId = Id,
            StepKey = key,
            Iteration = iteration,
            Phase = agent is null ? LowerSnake.Read<StepPhase>(rest)!.Value : StepPhase.Agent,
            Agent = agent is null ? null : new StepAgent(Guid.CreateVersion7(), agent, Name(agent)),
            Provider = "offline",
            Model = "offline",
            Status = status,
            Attempt = attempt,
            Output = output,
            ErrorMessage = error,
            TokensInput = 100,
            TokensOutput = 51,
            CostUsd = 0,
            LatencyMs = 1200,
            IsEstimated = false,
            StartedAt = Then,
        };
    }

    public static string Verdict(double score, string rationale = "Sound.", string directive = "Name the owners.") =>
        new JsonObject { ["score"] = score, ["rationale"] = rationale, ["repair_directive"] = directive }.ToJsonString();

    /// <summary>All steps of an iteration with two agents.</summary>
    public static IReadOnlyList<RunStep> Iteration(int i, double score) =>
    [
        Step($"{i}/agent:creative", $"1. Idea {i}"),
        Step($"{i}/agent:structural", $"1. Order {i}"),
        Step($"{i}/observe", "Wants a plan."),
        Step($"{i}/distil", """{"core_insights":["Parallel runs","A way back"]}"""),
        Step($"{i}/assemble", $"Draft {i}"),
        Step($"{i}/inspect", Verdict(score)),
    ];

    public static RunEvent Event(long number, string type, JsonObject? data = null) => new()
    {
        RunId = Id,
        SequenceNumber = number,
        Type = type,
        Data = JsonElement.Parse((data ?? []).ToJsonString()),
        CreatedAt = Then.AddSeconds(number),
    };

    public static RunEvent Started(long number, string key, int attempt = 1)
    {
        var step = Step(key, null);
        return Event(number, RunEventTypes.StepStarted, new JsonObject
        {
            ["step_key"] = key,
            ["iteration"] = step.Iteration,
            ["phase"] = LowerSnake.Write(step.Phase),
            ["agent_key"] = step.Agent?.Key,
            ["agent_name"] = step.Agent?.Name,
            ["provider"] = "offline",
            ["model"] = "offline",
            ["attempt"] = attempt,
        });
    }

    public static RunEvent Delta(long number, string key, string delta, int attempt = 1) =>
        Event(number, RunEventTypes.StepDelta, new JsonObject { ["step_key"] = key, ["attempt"] = attempt, ["delta"] = delta });

    public static RunEvent Completed(long number, string key, string output, int attempt = 1, string? cost = "0")
    {
        var step = Step(key, output);
        return Event(number, RunEventTypes.StepCompleted, new JsonObject
        {
            ["step_key"] = key,
            ["iteration"] = step.Iteration,
            ["phase"] = LowerSnake.Write(step.Phase),
            ["agent_key"] = step.Agent?.Key,
            ["output"] = output,
            ["tokens_input"] = 100,
            ["tokens_output"] = 51,
            ["cost_usd"] = cost,
            ["latency_ms"] = 1200,
            ["attempt"] = attempt,
        });
    }

    public static RunEvent Ended(long number, Run run) => Event(
        number,
        $"run.{LowerSnake.Write(run.Status)}",
        new JsonObject { ["run"] = JsonSerializer.SerializeToNode(run, RunJson.Options) });

    /// <summary>The events of a run of one iteration with two agents, from the first to the last.</summary>
    public static IReadOnlyList<RunEvent> OneIteration()
    {
        var number = 0L;
        List<RunEvent> events =
        [
            Event(number++, RunEventTypes.RunCreated),
            Event(number++, RunEventTypes.RunStarted, new JsonObject { ["resumed"] = false }),
            Event(number++, RunEventTypes.IterationStarted, new JsonObject { ["iteration"] = 1, ["repair_directive"] = null }),
            Started(number++, "1/agent:creative"),
            Started(number++, "1/agent:structural"),
            Delta(number++, "1/agent:creative", "1. Id"),
            Delta(number++, "1/agent:creative", "ea"),
            Completed(number++, "1/agent:creative", "1. Idea"),
            Completed(number++, "1/agent:structural", "1. Order"),
        ];
        foreach (var (phase, text) in new[] { ("observe", "Wants a plan."), ("distil", """{"core_insights":["Parallel runs"]}"""), ("assemble", "Draft"), ("inspect", Verdict(9.2)) })
            events.AddRange([Started(number++, $"1/{phase}"), Completed(number++, $"1/{phase}", text)]);
        events.Add(Event(number++, RunEventTypes.IterationCompleted, new JsonObject { ["iteration"] = 1, ["score"] = 9.2, ["rationale"] = "Sound." }));
        events.Add(Ended(number, Succeeded with { N2Iterations = 1, BestIteration = 1 }));
        return events;
    }

    static string Name(string key) => char.ToUpperInvariant(key[0]) + key[1..];
}
