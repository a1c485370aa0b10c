namespace Overmind.Agents;

/// <summary>A replay as <see cref="ReplayStore"/> reads it.</summary>
sealed record StepReplayRow
{
    public const string Select = """
        select
            id, run_id, step_id, provider, model, temperature, status, attempt, output, error_message, score, tokens_input, tokens_output,
            cost_usd, is_estimated, latency_ms, requested_by, created_at, completed_at
        from step_replays
        """;

    public Guid Id { get; init; }

    public Guid RunId { get; init; }

    public Guid StepId { get; init; }

    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    public double Temperature { get; init; }

    public string Status { get; init; } = "";

    public int Attempt { get; init; }

    public string? Output { get; init; }

    public string? ErrorMessage { get; init; }

    public double? Score { get; init; }

    public long TokensInput { get; init; }

    public long TokensOutput { get; init; }

    public decimal? CostUsd { get; init; }

    public bool IsEstimated { get; init; }

    public int? LatencyMs { get; init; }

    public Guid? RequestedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public StepReplay ToReplay() => new()
    {
        Id = Id,
        RunId = RunId,
        StepId = StepId,
        Provider = Provider,
        Model = Model,
        Temperature = Temperature,
        Status = LowerSnake.Read<ReplayStatus>(Status)!.Value,
        Output = Output,
        ErrorMessage = ErrorMessage,
        Score = Score,
        TokensInput = TokensInput,
        TokensOutput = TokensOutput,
        CostUsd = CostUsd,
        IsEstimated = IsEstimated,
        LatencyMs = LatencyMs,
        RequestedBy = RequestedBy,
        CreatedAt = CreatedAt,
        CompletedAt = CompletedAt,
    };
}
