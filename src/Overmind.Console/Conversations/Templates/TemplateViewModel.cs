using Overmind.Conversations;
using Overmind.Conversations.Templates;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.WebConsole.Editing;
using Overmind.WebConsole.Layout;

namespace Overmind.WebConsole.Conversations.Templates;

/// <summary>One context template, the form that changes it, and what the form comes to; without a template, the form of a new one.</summary>
public sealed class TemplateViewModel(ContextTemplateService templates, ConversationService conversations, Claims claims)
{
    // What a template is called changes nothing of what it says.
    const string Untitled = "Untitled";

    public LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>As last read; null for a new one.</summary>
    public ContextTemplate? Template { get; private set; }

    public TemplateForm Form { get; private set; } = TemplateForm.New();

    public EditRefusal Refusal { get; private set; } = EditRefusal.None;

    /// <summary>What somebody else made of it since it was read; null: nothing.</summary>
    public ContextTemplate? Theirs { get; private set; }

    /// <summary>True from the moment it was stored until something is stored again.</summary>
    public bool IsStored { get; private set; }

    public bool MayWrite => claims.May(Permission.ContentWrite);

    /// <summary>Whoever made it and admins change it; everybody begins conversations with it.</summary>
    public bool MayChange => MayWrite && (Template is null || claims.May(Permission.ContentManage) || Template.CreatedBy == claims.UserId);

    /// <summary>Whether the form says something else than what is stored.</summary>
    public bool IsChanged => MayChange && Form.Against(Template is null ? TemplateForm.New() : TemplateForm.Of(Template)).Count > 0;

    public async Task LoadAsync(Guid? id, CancellationToken cancellationToken)
    {
        try
        {
            Show(id is { } existing ? await templates.GetAsync(claims, existing, cancellationToken) : null);
            State = id is null && !MayWrite ? LoadState.Denied : LoadState.Ready;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            State = Loading.StateOf(failure);
        }
    }

    /// <summary>What the form says with the values that are tried, or what is wrong with it.</summary>
    public (RenderedTemplate? Rendered, string? Fault) Preview()
    {
        try
        {
            return (ContextTemplateService.Preview(Form.ToNew() with { Name = Untitled }, new TemplateRendering { Variables = Form.Tried() }), null);
        }
        catch (OvermindException refused)
        {
            return (null, refused.Message);
        }
    }

    /// <summary>Stores the form. False with <see cref="Refusal"/> or <see cref="Theirs"/> when it was not stored.</summary>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        (IsStored, Refusal) = (false, EditRefusal.None);
        try
        {
            var tried = Form.Variables.ToDictionary(v => v.Name, v => v.Tried, StringComparer.Ordinal);
            Show(Template is null
                ? await templates.CreateAsync(claims, Form.ToNew(), cancellationToken)
                : await templates.UpdateAsync(claims, Template.Id, Form.ToPatch(), (Theirs ?? Template).UpdatedAt, cancellationToken));
            foreach (var variable in Form.Variables) variable.Tried = tried.GetValueOrDefault(variable.Name, "");
            return IsStored = true;
        }
        catch (OvermindException meanwhile) when (meanwhile.Code is ErrorCode.PreconditionFailed)
        {
            await ReadTheirsAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, TemplateForm.Members);
        }

        return false;
    }

    /// <summary>Gives up the form for what somebody else stored.</summary>
    public void UseTheirs() => Show(Theirs);

    /// <summary>Begins a conversation with the template as it is stored and the values that are tried; what it throws is shown.</summary>
    public async Task<Guid> BeginAsync(CancellationToken cancellationToken) => (await conversations.CreateAsync(
        claims, new NewConversation { ContextTemplate = new TemplateUse { Id = Template!.Id, Version = Template.Version, Variables = Form.Tried() } }, cancellationToken)).Id;

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await templates.DeleteAsync(claims, Template!.Id, null, cancellationToken);
        Show(Template);
    }

    void Show(ContextTemplate? template)
    {
        (Template, Theirs, Refusal) = (template, null, EditRefusal.None);
        Form = template is null ? TemplateForm.New() : TemplateForm.Of(template);
    }

    async Task ReadTheirsAsync(CancellationToken cancellationToken)
    {
        try
        {
            Theirs = await templates.GetAsync(claims, Template!.Id, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Refusal = EditRefusal.Of(failure, TemplateForm.Members);
        }
    }
}
