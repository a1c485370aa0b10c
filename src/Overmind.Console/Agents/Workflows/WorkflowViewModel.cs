using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.WebConsole.Editing;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Agents.Workflows;

/// <summary>One workflow: its versions, the one that is shown and the form that changes it; without a key, the form of a new one.</summary>
public sealed class WorkflowViewModel(
    WorkflowService workflows, AgentService agents, ModelProviderService providers, ConversationService conversations, RunService runs, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>The version that is shown; null for a new workflow.</summary>
    public Workflow? Shown { get; private set; }

    /// <summary>Newest first: the last 100.</summary>
    public IReadOnlyList<Workflow> Versions { get; private set; } = [];

    /// <summary>The organization's agents that are active, by key.</summary>
    public IReadOnlyDictionary<string, Agent> Agents { get; private set; } = new Dictionary<string, Agent>();

    public WorkflowForm Form { get; private set; } = new();

    public EditRefusal Refusal { get; private set; } = EditRefusal.None;

    /// <summary>What somebody else made of the version since it was read; null: nothing.</summary>
    public Workflow? Theirs { get; private set; }

    public bool IsStored { get; private set; }

    /// <summary>What is different in the version that is shown from another; null: nothing is compared.</summary>
    public WorkflowDiff? Diff { get; private set; }

    /// <summary>Suggestions for models; those of providers that do not answer are missing.</summary>
    public IReadOnlyList<string> Models { get; private set; } = [];

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Whoever made the version and admins change it.</summary>
    public bool MayChange => MayWrite && (Shown is null || claims.May(Permission.ContentManage) || Shown.CreatedBy == claims.UserId);

    /// <summary>Whether what runs do by the version stays as it is, because it has been active or used.</summary>
    public bool IsFrozen => Shown?.FrozenAt is not null;

    /// <summary>Whether the form says something else than what is stored.</summary>
    public bool IsChanged => MayChange && Form.Against(Shown is null ? new WorkflowForm() : WorkflowForm.Of(Shown)).Count > 0;

    /// <summary>Agents that can be added.</summary>
    public IEnumerable<Agent> Addable => Agents.Values.Where(a => !Form.Agents.Contains(a.Key)).OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase);

    /// <param name="key">Null for a new workflow.</param>
    /// <param name="version">Null: the active one.</param>
    /// <param name="compareWith">A version to compare the shown one with.</param>
    public async Task LoadAsync(string? key, int? version, int? compareWith, CancellationToken cancellationToken)
    {
        try
        {
            Agents = (await AllAgentsAsync(cancellationToken)).ToDictionary(a => a.Key);
            var shown = key is null ? null : await workflows.GetAsync(claims, key, version, cancellationToken);
            // What is being edited stays when only the comparison changes.
            if (shown is null || shown.Id != Shown?.Id) Show(shown);
            Diff = shown is not null && compareWith is { } other && other != shown.Version
                ? await workflows.DiffAsync(claims, shown.Key, Math.Min(other, shown.Version), Math.Max(other, shown.Version), cancellationToken)
                : null;
            await ReadVersionsAsync(cancellationToken);
            State = key is null && !MayWrite ? LoadState.Denied : LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>Asks the providers what they have: it may take as long as they do.</summary>
    public async Task LoadModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Models = [.. (await providers.ModelsAsync(claims, null, cancellationToken)).Models.Select(m => m.Id)];
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A model can be written without a suggestion.
        }
    }

    /// <summary>Stores the form. False with <see cref="Refusal"/> or <see cref="Theirs"/> when it was not stored.</summary>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        (IsStored, Refusal) = (false, Form.Fault() ?? EditRefusal.None);
        if (Refusal != EditRefusal.None) return false;
        try
        {
            Show(Shown is null
                ? await workflows.CreateAsync(claims, Form.ToNew(), cancellationToken)
                : await workflows.UpdateAsync(
                    claims, Shown.Key, Shown.Version, Form.ToPatch(labelsAlone: (Theirs ?? Shown).FrozenAt is not null), (Theirs ?? Shown).UpdatedAt, cancellationToken));
            await ReadVersionsAsync(cancellationToken);
            return IsStored = true;
        }
        catch (OvermindException meanwhile) when (meanwhile.Code is ErrorCode.PreconditionFailed or ErrorCode.VersionFrozen)
        {
            await TryAsync(async () => Theirs = await workflows.GetAsync(claims, Shown!.Key, Shown.Version, cancellationToken));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, WorkflowForm.Members);
        }

        return false;
    }

    /// <summary>Gives up the form for what somebody else stored.</summary>
    public void UseTheirs() => Show(Theirs);

    /// <summary>Makes a draft from the version that is shown: its number, or null with <see cref="Refusal"/>.</summary>
    public async Task<int?> AddVersionAsync(CancellationToken cancellationToken)
    {
        int? made = null;
        await TryAsync(async () => made = (await workflows.AddVersionAsync(
            claims, Shown!.Key, Shown.Version, Guid.CreateVersion7(), new WorkflowPatch(), cancellationToken)).Version);
        return made;
    }

    /// <summary>Makes the version that is shown the one that new runs use.</summary>
    public Task ActivateAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        Show(await workflows.ActivateAsync(claims, Shown!.Key, Shown.Version, cancellationToken));
        await ReadVersionsAsync(cancellationToken);
    });

    /// <param name="stars">1 to 5.</param>
    public Task RateAsync(int stars, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var rated = await workflows.RateAsync(claims, Shown!.Key, stars, cancellationToken);
        Versions = [.. Versions.Select(v => v.Id == rated.Id ? rated : v)];
        if (Shown.Id == rated.Id) Shown = rated;
    });

    /// <summary>Deletes it with all its versions; what it throws is shown.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await workflows.DeleteAsync(claims, Shown!.Key, cancellationToken);
        Show(Shown);
    }

    /// <summary>Asks in a conversation of its own with the version that is shown: the conversation, or null with <see cref="Refusal"/>.</summary>
    public async Task<Guid?> AskAsync(string question, CancellationToken cancellationToken)
    {
        var conversation = Guid.CreateVersion7();
        var options = new RunOptions { Workflow = new WorkflowName(Shown!.Key, Shown.Version).ToString() };
        var asked = await TryAsync(async () =>
        {
            NewMessage.CheckContent("question", question);
            await conversations.CreateAsync(claims, new NewConversation { Id = conversation }, cancellationToken);
            try
            {
                await runs.CreateAsync(claims, conversation, question, options, cancellationToken);
            }
            catch
            {
                // No question, no conversation: nothing empty is left behind.
                await conversations.DeleteAsync(claims, conversation, CancellationToken.None);
                throw;
            }
        });
        return asked ? conversation : null;
    }

    void Show(Workflow? version)
    {
        (Shown, Theirs, Refusal, IsStored) = (version, null, EditRefusal.None, false);
        Form = version is null ? new WorkflowForm() : WorkflowForm.Of(version);
    }

    async Task ReadVersionsAsync(CancellationToken cancellationToken) => Versions = Shown is null ? [] :
        [.. (await workflows.ListAsync(
                claims, new PageRequest { Limit = PageRequest.MaxLimit }, new WorkflowFilter { Key = Shown.Key }, cancellationToken)).Items
            .OrderByDescending(v => v.Version)];

    async Task<IReadOnlyList<Agent>> AllAgentsAsync(CancellationToken cancellationToken)
    {
        List<Agent> all = [];
        Page<Agent> page;
        do
        {
            page = await agents.ListAsync(
                claims, new PageRequest { Limit = PageRequest.MaxLimit, After = all.LastOrDefault()?.Id }, new AgentFilter { Active = true }, cancellationToken);
            all.AddRange(page.Items);
        }
        while (page.HasMore);
        return all;
    }

    async Task<bool> TryAsync(Func<Task> act)
    {
        Refusal = EditRefusal.None;
        try
        {
            await act();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, WorkflowForm.Members);
            return false;
        }
    }
}
