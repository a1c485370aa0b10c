using Overmind.Agents;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Layout;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.WebConsole.Conversations;

/// <summary>One conversation: its messages, the run at work, and the run that is shown beside them.</summary>
public sealed partial class ConversationViewModel(
    ConversationService conversations, BranchService branches, MessageVersionService versions, ContextWindowService windows,
    ContextSnapshotService contexts, RunService runs, Claims claims, TimeProvider time, Func<Action, Task> dispatch) : IDisposable
{
    const int PageSize = 50;

    readonly CancellationTokenSource closed = new();
    readonly Dictionary<Guid, Run> known = [];
    IReadOnlyList<Message> messages = [];
    BranchChoices choices = BranchChoices.None;

    /// <summary>Null until the first question of a new conversation.</summary>
    public Guid? Id { get; private set; }

    public LoadState State { get; private set; } = LoadState.Loading;

    public Conversation? Conversation { get; private set; }

    public IReadOnlyList<ThreadItem> Items { get; private set; } = [];

    public bool HasEarlier { get; private set; }

    /// <summary>How full the context window is; null for a new conversation.</summary>
    public ContextWindow? Window { get; private set; }

    /// <summary>What the next run would use; null while it is not known.</summary>
    public RunPlan? Plan { get; private set; }

    /// <summary>Why the last question was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The run in progress; null when there is none.</summary>
    public LiveRun? Active { get; private set; }

    /// <summary>The run shown beside the messages; null when there is none.</summary>
    public RunViewModel? Shown { get; private set; }

    public LoadState ShownState { get; private set; } = LoadState.Ready;

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Reads the conversation; with null, gets ready for a new one.</summary>
    public async Task LoadAsync(Guid? id)
    {
        Id = id;
        State = LoadState.Loading;
        try
        {
            if (id is { } existing)
            {
                await ReadAsync(existing);
                var page = await runs.ListAsync(claims, existing, null, new PageRequest { Limit = PageSize }, closed.Token);
                foreach (var run in page.Items) known[run.Id] = run;
                Arrange();
                Follow(page.Items.FirstOrDefault(r => r.Status is RunStatus.Queued or RunStatus.Running or RunStatus.Waiting));
            }

            Plan = await runs.PlanAsync(claims, id, closed.Token);
            State = LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Shows a run beside the messages; null: the latest.</summary>
    public async Task ShowAsync(Guid? runId)
    {
        var id = runId ?? Active?.View.Run.Id ?? known.Values.MaxBy(r => r.CreatedAt)?.Id;
        if (id == Shown?.Run.Id && ShownState is LoadState.Ready) return;
        if (id is null || id == Active?.View.Run.Id)
        {
            (Shown, ShownState) = (Active?.View, LoadState.Ready);
            return;
        }

        try
        {
            var run = await runs.GetAsync(claims, id.Value, closed.Token);
            Shown = run.ConversationId == Id ? new RunViewModel(run, await runs.StepsAsync(claims, id.Value, closed.Token)) : null;
            ShownState = Shown is null ? LoadState.NotFound : LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            (Shown, ShownState) = (null, Loading.StateOf(failure));
        }
    }

    /// <summary>The page of messages before those that are shown.</summary>
    public async Task LoadEarlierAsync()
    {
        var page = await conversations.ListMessagesAsync(
            claims, Id!.Value, new PageRequest { Limit = PageSize, Order = PageOrder.Asc, Before = messages[0].Id }, closed.Token);
        messages = [.. page.Items, .. messages];
        HasEarlier = page.HasMore;
        Arrange();
    }

    /// <summary>Asks, in a conversation made for it when there is none yet. False with <see cref="Refusal"/> when the question was not taken.</summary>
    /// <param name="attachmentIds">What comes with it; null: nothing.</param>
    public async Task<bool> AskAsync(string question, IReadOnlyList<Guid>? attachmentIds = null)
    {
        var options = attachmentIds is { Count: > 0 } ? new RunOptions { AttachmentIds = attachmentIds } : null;
        Refusal = await StartAsync(() => Id is { } id ? runs.CreateAsync(claims, id, question, options, closed.Token) : BeginAsync(question, options));
        return Refusal is null;
    }

    /// <summary>Why it was refused; null: the run is followed.</summary>
    async Task<string?> StartAsync(Func<Task<Run>> start)
    {
        try
        {
            var run = await start();
            known[run.Id] = run;
            await ReadAsync(run.ConversationId);
            Arrange();
            Follow(run);
            Shown = Active!.View;
            ShownState = LoadState.Ready;
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Loading.Sentence(failure, "The question could not be stored. Try again.");
        }
    }

    /// <summary>Asks the run in progress to stop.</summary>
    public async Task StopAsync()
    {
        if (Active?.View is not { } view) return;
        try
        {
            view.Take(await runs.CancelAsync(claims, view.Run.Id, closed.Token), []);
            Refusal = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The run could not be asked to stop. Try again.");
        }
    }

    /// <summary>Lets the run that is shown go on where it failed or was stopped.</summary>
    public async Task RetryAsync()
    {
        if (Shown is not { IsActive: false } view || Active is { View.IsActive: true }) return;
        try
        {
            var run = await runs.RetryAsync(claims, view.Run.Id, closed.Token);
            known[run.Id] = run;
            Arrange();
            Follow(run);
            Shown = Active!.View;
            Refusal = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The run could not be asked to go on. Try again.");
        }
    }

    /// <summary>Lets the run in progress begin the iteration it waits for.</summary>
    public Task ApproveAsync(int iteration) => DecideAsync(runs.ApproveAsync, iteration);

    /// <summary>Ends the run in progress instead of beginning the iteration it waits for.</summary>
    public Task RejectAsync(int iteration) => DecideAsync(runs.RejectAsync, iteration);

    public async Task UpdateAsync(ConversationPatch patch) =>
        Conversation = await conversations.UpdateAsync(claims, Id!.Value, patch, null, closed.Token);

    /// <summary>Out of the way, or back again.</summary>
    public async Task ArchiveAsync()
    {
        var isArchived = Conversation!.Status is ConversationStatus.Archived;
        try
        {
            await UpdateAsync(new ConversationPatch { Status = isArchived ? ConversationStatus.Active : ConversationStatus.Archived });
            Refusal = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The conversation could not be moved. Try again.");
        }
    }

    public Task DeleteAsync() => conversations.DeleteAsync(claims, Id!.Value, closed.Token);

    async Task DecideAsync(Func<Claims, Guid, NewDecision, CancellationToken, Task<Run>> decide, int iteration)
    {
        if (Active?.View is not { } view) return;
        try
        {
            view.Take(await decide(claims, view.Run.Id, new NewDecision { Iteration = iteration }, closed.Token), []);
            Refusal = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = Loading.Sentence(failure, "The decision could not be stored. Try again.");
        }
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    async Task<Run> BeginAsync(string question, RunOptions? options)
    {
        NewMessage.CheckContent("question", question);
        var conversation = await conversations.CreateAsync(claims, new NewConversation(), closed.Token);
        try
        {
            var run = await runs.CreateAsync(claims, conversation.Id, question, options, closed.Token);
            Id = conversation.Id;
            return run;
        }
        catch
        {
            // No question, no conversation: nothing empty is left behind.
            await conversations.DeleteAsync(claims, conversation.Id, CancellationToken.None);
            throw;
        }
    }

    async Task ReadAsync(Guid id)
    {
        var (conversation, page) = await conversations.GetWithLatestAsync(claims, id, PageSize, closed.Token);
        if (Conversation?.ActiveBranch != conversation.ActiveBranch) messages = [];
        Conversation = conversation;
        if (conversation.ActiveBranch > 0 || choices.Active > 0 || choices == BranchChoices.None)
            choices = new BranchChoices(await AllBranchesAsync(id), conversation.ActiveBranch);
        Window = await windows.GetAsync(claims, id, null, 0, closed.Token);
        // Earlier pages that are on the page stay there.
        var earlier = page.Items.Count == 0 ? [] : messages.TakeWhile(m => m.Seq < page.Items[0].Seq).ToList();
        HasEarlier = earlier.Count == 0 ? page.HasMore : HasEarlier;
        messages = [.. earlier, .. page.Items];
    }

    void Arrange() => Items = ThreadItem.Of(messages, [.. known.Values], choices, HasEarlier);

    void Follow(Run? run)
    {
        if (run is null) return;
        var view = new RunViewModel(run, []);
        Active = new LiveRun(runs, claims, view, time, dispatch);
        _ = WatchAsync(Active);
    }

    async Task WatchAsync(LiveRun live)
    {
        await live.WatchAsync(closed.Token);
        if (closed.IsCancellationRequested) return;
        try
        {
            await ReadAsync(live.View.Run.ConversationId);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The run panel has the answer; the thread has it after the next load.
        }

        await dispatch(() =>
        {
            // Who retried it meanwhile follows another of its lives.
            if (Active != live) return;
            known[live.View.Run.Id] = live.View.Run;
            Active = null;
            Arrange();
        });
    }
}
