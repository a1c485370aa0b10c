using Overmind.Agents;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Agents.Replays;

/// <summary>The replays of one step: its call made again with other models, beside the run.</summary>
public sealed class StepReplaysViewModel(ReplayService replays, Claims claims, Guid runId, Guid stepId)
{
    public Guid StepId => stepId;

    /// <summary>Newest first: the last 20.</summary>
    public IReadOnlyList<StepReplay> Items { get; private set; } = [];

    /// <summary>Why the last replay was refused, or why they cannot be read.</summary>
    public string? Refusal { get; private set; }

    public bool IsUnderWay => Items.Any(r => r.Status is ReplayStatus.Queued or ReplayStatus.Running);

    public bool MayReplay => claims.May(Permission.ContentWrite);

    public Task LoadAsync(CancellationToken cancellationToken) => TryAsync(
        () => ReadAsync(cancellationToken), "The replays could not be read. Open the step again.");

    /// <summary>Asks for one; true when it was taken.</summary>
    /// <param name="model">As <c>openai/gpt-4-turbo</c>.</param>
    public async Task<bool> ReplayAsync(string model, CancellationToken cancellationToken)
    {
        if (ModelReference.Parse(model) is not { } reference)
        {
            Refusal = "A model is provider/model, as offline/offline.";
            return false;
        }

        return await TryAsync(
            async () =>
            {
                await replays.CreateAsync(claims, runId, stepId, reference, null, Guid.CreateVersion7(), cancellationToken);
                await ReadAsync(cancellationToken);
            },
            "The replay could not be asked for. Try again.");
    }

    async Task ReadAsync(CancellationToken cancellationToken) =>
        Items = (await replays.ListAsync(claims, runId, stepId, PageRequest.First, cancellationToken)).Items;

    async Task<bool> TryAsync(Func<Task> act, string otherwise)
    {
        Refusal = null;
        try
        {
            await act();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, otherwise);
            return false;
        }
    }
}
