using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Usage.Budgets;

namespace Overmind.Agents;

/// <summary>Replays: the very call of a step, made again with another model. Workers make it (<see cref="ReplayJobHandler"/>).</summary>
public sealed class ReplayService(RunStore runs, ReplayStore replays, BudgetGate budgets, ChatModels models, QuestionAttachments? attachments = null)
{
    /// <summary>Asks for a replay; a worker makes the call.</summary>
    /// <param name="temperature">0 to 2; null: the step's.</param>
    /// <param name="id">Given beforehand, so that asking twice asks once.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.StepNotFound"/>, <see cref="ErrorCode.ModelUnavailable"/>, <see cref="ErrorCode.InvalidValue"/>, <see cref="ErrorCode.BudgetExceeded"/>,
    /// <see cref="ErrorCode.Forbidden"/>.
    /// </exception>
    public async Task<StepReplay> CreateAsync(
        Claims claims, Guid runId, Guid stepId, ModelReference model, double? temperature, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (temperature is < 0 or > 2 or double.NaN)
            throw new OvermindException(ErrorCode.InvalidValue, $"temperature is 0 to 2, not {temperature}.", "temperature");
        try
        {
            await models.GetAsync(claims, model, cancellationToken);
        }
        catch (ModelUnavailableException e)
        {
            throw new OvermindException(ErrorCode.ModelUnavailable, e.Message, "model", e);
        }

        var call = await CallAsync(claims, runId, stepId, cancellationToken) ?? throw StepNotFound(stepId);
        await budgets.EnsureAsync(claims, [model], null, cancellationToken);
        try
        {
            await replays.CreateAsync(claims, id, stepId, model, temperature ?? call.Temperature, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.ConstraintName == "step_replays_pkey")
        {
            // Asked for before.
        }

        return await replays.FindAsync(claims, id, cancellationToken) ?? throw StepNotFound(stepId);
    }

    /// <summary>One replay of a step.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ReplayNotFound"/>.</exception>
    public async Task<StepReplay> GetAsync(Claims claims, Guid runId, Guid stepId, Guid id, CancellationToken cancellationToken) =>
        await replays.FindAsync(claims, id, cancellationToken) is { } found && (found.RunId, found.StepId) == (runId, stepId)
            ? found
            : throw new OvermindException(ErrorCode.ReplayNotFound, $"There is no replay {id} of this step.");

    /// <summary>The replays of a step.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.StepNotFound"/>.</exception>
    public async Task<Page<StepReplay>> ListAsync(Claims claims, Guid runId, Guid stepId, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        if (await runs.FindStepAsync(claims, runId, stepId, withPrompt: false, cancellationToken) is null) throw StepNotFound(stepId);
        return page.PageOf(await replays.ListAsync(claims, stepId, page, cancellationToken));
    }

    /// <summary>The step's call as it was made; null when the caller sees no such step of the run.</summary>
    internal async Task<PlannedCall?> CallAsync(Claims claims, Guid runId, Guid stepId, CancellationToken cancellationToken)
    {
        if (await runs.SnapshotAsync(claims, runId, cancellationToken) is not { } snapshot
            || await runs.StepsAsync(claims, runId, withPrompts: false, cancellationToken) is not { } steps
            || steps.FirstOrDefault(s => s.Id == stepId) is not { } step) return null;
        if (attachments is not null)
            snapshot = await attachments.WithImagesAsync(claims, snapshot, cancellationToken);
        return RunPlanner.Again(snapshot, [.. steps.Select(s => s.ToRecorded())], step.Iteration, step.Phase, step.StepKey);
    }

    static OvermindException StepNotFound(Guid stepId) => new(ErrorCode.StepNotFound, $"There is no step {stepId} in this run.");
}
