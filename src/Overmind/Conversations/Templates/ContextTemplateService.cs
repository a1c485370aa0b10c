using Npgsql;
using Overmind.Conversations.Moderation;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Postgres;

namespace Overmind.Conversations.Templates;

/// <summary>
/// Context templates of the organization, as its members see them. Who made one and admins change it; what is deleted, unknown or another organization's is not
/// found, always with the same answer.
/// </summary>
/// <param name="moderator">What looks at messages before they are stored. Default: nothing does.</param>
public sealed class ContextTemplateService(ContextTemplateStore templates, Moderator? moderator = null)
{
    const string NameIndex = "context_templates_name_key";
    const string PrimaryKey = "context_templates_pkey";

    /// <exception cref="OvermindException">A value is not valid; <see cref="ErrorCode.ContextTemplateNameTaken"/>; the member may not write.</exception>
    public async Task<ContextTemplate> CreateAsync(Claims claims, NewContextTemplate template, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        template.Check();
        try
        {
            return await templates.InsertAsync(claims, template, TemplateRenderer.CountRaw(template.Segments), cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == PrimaryKey)
        {
            return await GetAsync(claims, template.Id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == NameIndex)
        {
            throw NameTaken(template.Name, refused);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.ContextTemplateNotFound"/>.</exception>
    public async Task<ContextTemplate> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await templates.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id.ToString());

    public async Task<Page<ContextTemplate>> ListAsync(Claims claims, ContextTemplateFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        filter.Check();
        return page.PageOf(await templates.ListAsync(claims, filter, page, cancellationToken));
    }

    /// <summary>The wordings of a template by their numbers, the current one included.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ContextTemplateNotFound"/>.</exception>
    public async Task<Page<ContextTemplateVersion>> ListVersionsAsync(Claims claims, Guid id, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await templates.ListVersionsAsync(claims, id, page, cancellationToken) ?? throw NotFound(id.ToString()));
    }

    /// <summary>Changes a template. Another wording is another version; the earlier one stays to be read and used.</summary>
    /// <param name="unchangedSince">The <see cref="ContextTemplate.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile.</exception>
    public async Task<ContextTemplate> UpdateAsync(
        Claims claims, Guid id, ContextTemplatePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        // What is checked is what stays with what changes: where somebody else wrote in between, it is read again.
        while (true)
        {
            var current = await GetAsync(claims, id, cancellationToken);
            if (unchangedSince is { } since && since != current.UpdatedAt)
                throw Changed();
            patch.Check(current);
            int? tokens = patch.Segments is { } segments ? TemplateRenderer.CountRaw(segments) : null;
            try
            {
                if (await templates.UpdateAsync(claims, id, patch, tokens, current.UpdatedAt, cancellationToken) is { } changed)
                    return changed;
            }
            catch (PostgresException refused) when (refused.ConstraintName == NameIndex)
            {
                throw NameTaken(patch.Name!, refused);
            }

            // Row-level security lets its maker and admins change it, and shows it to everybody.
            if (claims.Role is not OrganizationRole.Admin && current.CreatedBy != claims.UserId)
                throw new OvermindException(ErrorCode.Forbidden, "A context template is changed by whoever made it and by admins.");
        }
    }

    /// <summary>Deletes a template. Conversations that began with it stay as they are.</summary>
    /// <param name="unchangedSince">The <see cref="ContextTemplate.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ContextTemplateNotFound"/>, <see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task DeleteAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        if (await templates.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            return;
        var current = await GetAsync(claims, id, cancellationToken);
        throw unchangedSince is { } since && since != current.UpdatedAt
            ? Changed()
            : new OvermindException(ErrorCode.Forbidden, "A context template is deleted by whoever made it and by admins.");
    }

    /// <summary>Brings a deleted template back.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ContextTemplateNotFound"/>, <see cref="ErrorCode.ContextTemplateNameTaken"/>.</exception>
    public async Task<ContextTemplate> RestoreAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentWrite);
        try
        {
            return await templates.RestoreAsync(claims, id, cancellationToken) ?? await GetAsync(claims, id, cancellationToken);
        }
        catch (PostgresException refused) when (refused.ConstraintName == NameIndex)
        {
            throw new OvermindException(
                ErrorCode.ContextTemplateNameTaken, "Another context template has taken the name meanwhile. Rename or delete that one first.", inner: refused);
        }
    }

    /// <summary>What a template says with values in their places. Nothing is kept of it, and it is no use.</summary>
    /// <exception cref="OvermindException">A value is missing, unknown or of another type; the template or version is not there.</exception>
    public async Task<RenderedTemplate> RenderAsync(Claims claims, Guid id, TemplateRendering rendering, CancellationToken cancellationToken)
    {
        rendering.Check();
        return TemplateRenderer.Render((await FindAsync(claims, id, null, rendering.Version, cancellationToken)).Version, rendering);
    }

    /// <summary>What a template would say that is still being written.</summary>
    /// <exception cref="OvermindException">It is no template, or a value does not fit.</exception>
    public static RenderedTemplate Preview(NewContextTemplate template, TemplateRendering rendering)
    {
        template.Check();
        rendering.Check();
        return TemplateRenderer.Render(
            new ContextTemplateVersion
            {
                Id = template.Id,
                TemplateId = template.Id,
                Version = 1,
                IsCurrent = true,
                Segments = template.Segments,
                Variables = template.Variables,
            },
            rendering);
    }

    /// <summary>Makes a conversation that begins with its template, all in one transaction. Asked again with the same id: the one that is there.</summary>
    internal async Task<Conversation> BeginAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken)
    {
        var use = conversation.ContextTemplate!;
        use.Check(conversation.Metadata);
        var (name, template) = await FindAsync(claims, use.Id, use.Name, use.Version, cancellationToken);
        var model = await ModelAsync(claims, conversation, cancellationToken);
        var rendered = TemplateRenderer.Render(
            template,
            new TemplateRendering { Variables = use.Variables, Model = model, MaxTokens = conversation.MaxContextTokens, Param = "context_template.variables" });
        var messages = new List<(RenderedMessage, int?, ModerationVerdict?)>();
        foreach (var message in rendered.Messages)
            messages.Add((
                message, model is null ? null : TokenCount.OfMessage(model, message.Content),
                moderator is null ? null : await moderator.JudgeAsync(claims, message.Content, null, cancellationToken)));
        var named = conversation with { Metadata = TemplateMetadata.With(conversation.Metadata, template.TemplateId, name, template.Version) };
        return await templates.BeginAsync(claims, named, template.TemplateId, messages, cancellationToken) ?? throw ConversationService.NotFound(conversation.Id);
    }

    async Task<(string Name, ContextTemplateVersion Version)> FindAsync(
        Claims claims, Guid? id, string? name, int? version, CancellationToken cancellationToken)
    {
        var (found, wording) = await templates.FindVersionAsync(claims, id, name, version, cancellationToken) ?? throw NotFound(name ?? id.ToString()!);
        return (found, wording ?? throw new OvermindException(
            ErrorCode.ContextTemplateVersionNotFound, $"The context template {found} has no version {version}."));
    }

    // As messages of the conversation are counted afterwards.
    async Task<ModelReference?> ModelAsync(Claims claims, NewConversation conversation, CancellationToken cancellationToken)
    {
        if (conversation is { ModelProvider: { } provider, ModelName: { } model })
            return new ModelReference(provider, model);
        return conversation.WorkflowId is { } workflow && await templates.FindWorkflowModelAsync(claims, workflow, cancellationToken) is { } name
            ? ModelReference.Parse(name)
            : null;
    }

    static OvermindException NotFound(string which) => new(ErrorCode.ContextTemplateNotFound, $"There is no context template {which}.");

    static OvermindException NameTaken(string name, Exception inner) =>
        new(ErrorCode.ContextTemplateNameTaken, $"There is a context template {name} already. Change that one, or choose another name.", "name", inner);

    static OvermindException Changed() =>
        new(ErrorCode.PreconditionFailed, "The context template has changed since the version in If-Match. Read it again.");
}
