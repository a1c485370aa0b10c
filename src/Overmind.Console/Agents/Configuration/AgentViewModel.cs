using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.WebConsole.Editing;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Agents.Configuration;

/// <summary>One agent and the form that changes it; without an agent, the form of a new one.</summary>
public sealed class AgentViewModel(AgentService agents, ModelProviderService providers, Claims claims)
{
    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>As last read; null for a new one.</summary>
    public Agent? Agent { get; private set; }

    public AgentForm Form { get; private set; } = new();

    public EditRefusal Refusal { get; private set; } = EditRefusal.None;

    /// <summary>What somebody else made of the agent since it was read; null: nothing.</summary>
    public Agent? Theirs { get; private set; }

    /// <summary>True from the moment it was stored until something is stored again.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Suggestions for the model; those of providers that do not answer are missing.</summary>
    public IReadOnlyList<string> Models { get; private set; } = [];

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Whoever made it and admins change it; everybody else copies it.</summary>
    public bool MayChange => MayWrite && (Agent is null || claims.May(Permission.ContentManage) || Agent.CreatedBy == claims.UserId);

    /// <summary>Whether the form says something else than what is stored.</summary>
    public bool IsChanged => MayChange && Form.Against(Agent is null ? new AgentForm() : AgentForm.Of(Agent)).Count > 0;

    public async Task LoadAsync(Guid? id, CancellationToken cancellationToken)
    {
        try
        {
            Show(id is { } existing ? await agents.GetAsync(claims, existing, cancellationToken) : null);
            State = id is null && !MayWrite ? LoadState.Denied : LoadState.Ready;
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
            Show(Agent is null
                ? await agents.CreateAsync(claims, Form.ToNew(), cancellationToken)
                : await agents.UpdateAsync(claims, Agent.Id, Form.ToPatch(), (Theirs ?? Agent).UpdatedAt, cancellationToken));
            return IsStored = true;
        }
        catch (OvermindException meanwhile) when (meanwhile.Code is ErrorCode.PreconditionFailed)
        {
            await ReadTheirsAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, AgentForm.Members);
        }

        return false;
    }

    /// <summary>Gives up the form for what somebody else stored.</summary>
    public void UseTheirs() => Show(Theirs);

    /// <summary>Makes a copy; what it throws is shown.</summary>
    public async Task<Guid> CopyAsync(string key, CancellationToken cancellationToken) =>
        (await agents.CopyAsync(claims, Agent!.Id, Guid.CreateVersion7(), key, cancellationToken)).Id;

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await agents.DeleteAsync(claims, Agent!.Id, cancellationToken);
        Show(Agent);
    }

    void Show(Agent? agent)
    {
        (Agent, Theirs, Refusal) = (agent, null, EditRefusal.None);
        Form = agent is null ? new AgentForm() : AgentForm.Of(agent);
    }

    async Task ReadTheirsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Theirs = await agents.GetAsync(claims, Agent!.Id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, AgentForm.Members);
        }
    }
}
