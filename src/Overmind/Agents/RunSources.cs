namespace Overmind.Agents;

/// <summary>What a new run is made from, as it stands in the database.</summary>
sealed record RunSources
{
    /// <summary>Null when the caller sees no such conversation.</summary>
    public required ConversationRow? Conversation { get; init; }

    /// <summary>Null when there is no such active workflow.</summary>
    public required WorkflowRow? Workflow { get; init; }

    /// <summary>In the workflow's order.</summary>
    public required IReadOnlyList<AgentRow> Agents { get; init; }

    public required OrganizationSettings Organization { get; init; }

    public required RunHistory History { get; init; }

    public sealed record ConversationRow
    {
        public Guid Id { get; init; }

        public Guid UserId { get; init; }

        public double? QualityThreshold { get; init; }

        public int? MaxN2Iterations { get; init; }

        public decimal? CostCapUsd { get; init; }

        public int? ApproveFromIteration { get; init; }

        public decimal? ApproveAboveUsd { get; init; }

        public string? ModelProvider { get; init; }

        public string? ModelName { get; init; }

        public int ActiveBranch { get; init; }

        public string Visibility { get; init; } = "";

        public Guid? ProjectId { get; init; }
    }

    public sealed record WorkflowRow
    {
        public Guid Id { get; init; }

        public string Key { get; init; } = "";

        public int Version { get; init; }

        public string Name { get; init; } = "";

        public string ExecutionMode { get; init; } = "";

        public double? QualityThreshold { get; init; }

        public int? MaxN2Iterations { get; init; }

        public decimal? CostCapUsd { get; init; }

        public int? DeadlineSeconds { get; init; }

        public string? SynthesisProvider { get; init; }

        public string? SynthesisModel { get; init; }

        public string? JudgeProvider { get; init; }

        public string? JudgeModel { get; init; }

        public string Settings { get; init; } = "{}";
    }

    public sealed record AgentRow
    {
        public Guid Id { get; init; }

        public string Key { get; init; } = "";

        public string Name { get; init; } = "";

        public string Role { get; init; } = "";

        public string Goal { get; init; } = "";

        public string Backstory { get; init; } = "";

        public string OutputFormat { get; init; } = "";

        public string? OutputSchema { get; init; }

        public string? LlmProvider { get; init; }

        public string? LlmModel { get; init; }

        public double Temperature { get; init; }

        public int MaxTokens { get; init; }

        public bool AllowDelegation { get; init; }

        public bool Verbose { get; init; }
    }
}
