using System.Text.Json;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>A step as <see cref="RunStore"/> reads it.</summary>
sealed record RunStepRow
{
    /// <param name="withPrompt">Prompts are long: they are read where they are asked for.</param>
    public static string Select(bool withPrompt = false) => $"""
        select
            id, run_id, step_key, iteration, phase, agent_id, agent_key, agent_name, provider, model, status, attempt, output, error_message, error_code,
            tokens_input, tokens_output, cost_usd, latency_ms, is_estimated, started_at, completed_at, cache, delegation::text as delegation,
            {(withPrompt ? "prompt::text" : "null::text")} as prompt
        from run_steps
        """;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public string StepKey { get; init; } = "";

    public int Iteration { get; init; }

    public string Phase { get; init; } = "";

    public Guid? AgentId { get; init; }

    public string? AgentKey { get; init; }

    public string? AgentName { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string Status { get; init; } = "";

    public int Attempt { get; init; }

    public string? Output { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorCode { get; init; }

    public long TokensInput { get; init; }

    public long TokensOutput { get; init; }

    public decimal? CostUsd { get; init; }

    public int? LatencyMs { get; init; }

    public bool IsEstimated { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Cache { get; init; }

    public string? Delegation { get; init; }

    public string? Prompt { get; init; }

    public RunStep ToStep() => new()
    {
        Id = Id,
        RunId = RunId,
        StepKey = StepKey,
        Iteration = Iteration,
        Phase = LowerSnake.Read<StepPhase>(Phase)!.Value,
        Agent = AgentId is { } agent ? new StepAgent(agent, AgentKey ?? "", AgentName ?? "") : null,
        Provider = Provider ?? "",
        Model = Model ?? "",
        Status = LowerSnake.Read<StepStatus>(Status)!.Value,
        Attempt = Attempt,
        Output = Output,
        ErrorMessage = ErrorMessage,
        ErrorCode = ErrorCode,
        TokensInput = TokensInput,
        TokensOutput = TokensOutput,
        CostUsd = CostUsd,
        LatencyMs = LatencyMs,
        IsEstimated = IsEstimated,
        StartedAt = StartedAt,
        CompletedAt = CompletedAt,
        Cache = Cache is null ? null : LowerSnake.Read<CacheHitKind>(Cache),
        Delegation = DelegationJson.Read(Delegation),
        Prompt = Prompt is null ? null : JsonElement.Parse(Prompt),
    };
}
