using Overmind.Agents;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Playground;

/// <summary>A prompt, as it is or through an agent, on several models side by side.</summary>
/// <param name="dispatch">Runs a change and then renders, on the page's own thread.</param>
public sealed class PlaygroundViewModel(
    PlaygroundService playground, AgentService agents, ModelProviderService providers, OrganizationSettingsService settings, Claims claims,
    TimeProvider time, Func<Action, Task> dispatch) : IDisposable
{
    /// <summary>More do not fit side by side, and each costs.</summary>
    public const int MostModels = 4;

    const int MostAgents = 100;

    readonly CancellationTokenSource closed = new();
    ModelReference fallback = ModelReference.Offline;

    public LoadState State { get; private set; } = LoadState.Loading;

    public IReadOnlyList<Agent> Agents { get; private set; } = [];

    /// <summary>The models one may choose, as far as their providers answered.</summary>
    public IReadOnlyList<Model> Models { get; private set; } = [];

    public IReadOnlyList<PlaygroundLane> Lanes { get; private set; } = [];

    public bool MayAsk => claims.May(Permission.ContentWrite);

    public bool IsRunning => Lanes.Any(lane => lane.IsRunning);

    public async Task LoadAsync()
    {
        try
        {
            var page = await agents.ListAsync(claims, new PageRequest { Limit = MostAgents }, new AgentFilter(), closed.Token);
            Agents = [.. page.Items.OrderBy(a => a.Name, StringComparer.Ordinal)];
            if (await settings.GetAsync(claims, closed.Token) is { DefaultLlmProvider: { } provider, DefaultModel: { } model })
                fallback = new ModelReference(provider, model);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Asks the providers; a page does not wait for it.</summary>
    public async Task LoadModelsAsync()
    {
        try
        {
            Models = (await providers.ModelsAsync(claims, null, closed.Token)).Models;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A model's name can be typed, too.
        }
    }

    /// <summary>Shows these models side by side, each once; the organization's default when there is none. Answers of those that stay are kept.</summary>
    public void Show(IEnumerable<string> models)
    {
        var wanted = models.Select(ModelReference.Parse).OfType<ModelReference>().Distinct().Take(MostModels).ToList();
        if (wanted.Count == 0) wanted.Add(fallback);
        foreach (var gone in Lanes.Where(lane => !wanted.Contains(lane.Model))) gone.Stop();
        Lanes = [.. wanted.Select(model => Lanes.FirstOrDefault(lane => lane.Model == model) ?? new PlaygroundLane(model))];
    }

    /// <summary>Asks all of them at once.</summary>
    public void Ask(string prompt, Guid? agentId, double? temperature, int? maxTokens)
    {
        if (IsRunning || !MayAsk) return;
        foreach (var lane in Lanes)
        {
            var stopped = lane.Begin(time.GetUtcNow(), closed.Token);
            _ = AskAsync(
                lane, new PlaygroundCall { Prompt = prompt, Model = lane.Model, AgentId = agentId, Temperature = temperature, MaxTokens = maxTokens }, stopped);
        }
    }

    public void Stop()
    {
        foreach (var lane in Lanes) lane.Stop();
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    async Task AskAsync(PlaygroundLane lane, PlaygroundCall call, CancellationToken stopped)
    {
        try
        {
            await foreach (var update in playground.AskAsync(claims, call, stopped)) await dispatch(() => lane.Take(update));
        }
        catch (OperationCanceledException)
        {
            // Before anything was called.
        }
        catch (Exception failure)
        {
            await dispatch(() => lane.Refuse(Loading.Sentence(failure, "The call could not be made. Try again.")));
        }

        await dispatch(lane.End);
    }
}
