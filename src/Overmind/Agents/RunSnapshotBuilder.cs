using System.Text.Json;
using Overmind.Models;
using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>
/// Resolves what a run uses. Each value is the run's, else the conversation's, the workflow's, the organization's, else the installation's.
/// A model belongs to one of three parts (agents, synthesis, judge); the conversation's model is that of agents and synthesis,
/// an agent's own counts as the workflow's, and a judge that nobody set is the model that synthesizes.
/// </summary>
static class RunSnapshotBuilder
{
    public static RunSnapshot Build(RunSources sources, string question, RunOptions options, DateTimeOffset now)
    {
        var (conversation, workflow, organization) = (sources.Conversation!, sources.Workflow!, sources.Organization);
        var approvals = ApprovalRules.Read(JsonElement.Parse(workflow.Settings));
        var conversationModel = Model(conversation.ModelProvider, conversation.ModelName);
        var synthesis = options.SynthesisModel ?? conversationModel ?? Model(workflow.SynthesisProvider, workflow.SynthesisModel)
            ?? organization.SynthesisModel ?? InstallationDefaults.Model;
        return new RunSnapshot
        {
            Question = question,
            History = sources.History.Messages,
            HistoryIsCut = sources.History.IsCut,
            HasLeft = sources.History.HasLeft,
            BuildTimeMs = sources.History.BuildTimeMs,
            Summary = sources.History.Summary,
            WorkflowKey = workflow.Key,
            WorkflowName = workflow.Name,
            WorkflowVersion = workflow.Version,
            ExecutionMode = LowerSnake.Read<ExecutionMode>(workflow.ExecutionMode)!.Value,
            Agents = [.. sources.Agents.Select(agent => Agent(agent, options.AgentModel ?? conversationModel, organization))],
            QualityThreshold = options.QualityThreshold ?? conversation.QualityThreshold ?? workflow.QualityThreshold
                ?? organization.QualityThreshold ?? InstallationDefaults.QualityThreshold,
            MaxN2Iterations = options.MaxN2Iterations ?? conversation.MaxN2Iterations ?? workflow.MaxN2Iterations
                ?? organization.MaxN2Iterations ?? InstallationDefaults.MaxN2Iterations,
            SynthesisModel = synthesis,
            JudgeModel = options.JudgeModel ?? Model(workflow.JudgeProvider, workflow.JudgeModel) ?? organization.JudgeModel ?? synthesis,
            CostCapUsd = options.CostCapUsd ?? conversation.CostCapUsd ?? workflow.CostCapUsd ?? organization.CostCapUsd,
            Deadline = (options.DeadlineSeconds ?? workflow.DeadlineSeconds ?? organization.DeadlineSeconds) is { } seconds ? now.AddSeconds(seconds) : null,
            ApproveFromIteration = options.ApproveFromIteration ?? conversation.ApproveFromIteration ?? approvals.FromIteration
                ?? organization.ApproveFromIteration,
            ApproveAboveUsd = options.ApproveAboveUsd ?? conversation.ApproveAboveUsd ?? approvals.AboveUsd ?? organization.ApproveAboveUsd,
            Cache = CachePolicy.Of(organization.ResponseCache, options.Cache),
            Prompts = PromptTemplates.Default,
        };
    }

    static AgentSnapshot Agent(RunSources.AgentRow agent, ModelReference? chosen, OrganizationSettings organization) => new()
    {
        Id = agent.Id,
        Key = agent.Key,
        Name = agent.Name,
        Role = agent.Role,
        Goal = agent.Goal,
        Backstory = agent.Backstory,
        OutputFormat = LowerSnake.Read<OutputFormat>(agent.OutputFormat)!.Value,
        OutputSchema = agent.OutputSchema,
        Model = chosen ?? Model(agent.LlmProvider, agent.LlmModel) ?? organization.AgentModel ?? InstallationDefaults.Model,
        Temperature = agent.Temperature,
        MaxTokens = agent.MaxTokens,
        AllowDelegation = agent.AllowDelegation,
        Verbose = agent.Verbose,
    };

    static ModelReference? Model(string? provider, string? model) => provider is null || model is null ? null : new ModelReference(provider, model);
}
