using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Agents.Completions;

/// <summary>The models that may be named in a call: those of the providers, the embedder, and the active workflows.</summary>
public sealed class CompletionModels(Database database, ModelProviderService providers, WorkflowService workflows, EmbeddingModels embedders)
{
    /// <summary>Before the key of a workflow: <c>overmind/general-problem-solving</c>.</summary>
    public const string Workflows = "overmind";

    // Those of which the registry knows that they have it come first.
    const string SellersSql = """
        select p.key, f.model is not null
        from model_providers p
        cross join lateral overmind.find_model(overmind.org_id(), p.key, $1) as f
        where p.is_active
        and p.deleted_at is null
        order by f.model is null, p.key
        """;

    /// <summary>
    /// What a name stands for. A bare one (<c>gpt-4o</c>) is looked for among the connected providers: the registry of models says which has it, or there is one provider alone.
    /// </summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ModelUnavailable"/>.</exception>
    public async Task<CompletionTarget> ResolveAsync(Claims claims, string name, CancellationToken cancellationToken)
    {
        if (ModelReference.Parse(name) is { } named)
            return named.Provider == Workflows ? new CompletionTarget(null, named.Model) : new CompletionTarget(named, null);
        if (name == ModelReference.Offline.Model) return new CompletionTarget(ModelReference.Offline, null);
        var sellers = await database.ListAsync(
            claims, new Statement(SellersSql, name), row => (Key: row.GetString(0), IsKnown: row.GetBoolean(1)), cancellationToken);
        return sellers is [{ IsKnown: true }, ..] or [_]
            ? new CompletionTarget(new ModelReference(sellers[0].Key, name), null)
            : throw Unknown(name, "Name it as provider/model; GET /openai/v1/models lists them.");
    }

    /// <summary>All that can be listed now. A provider that cannot be asked is missing.</summary>
    /// <param name="withWorkflows">Whether the caller may run them.</param>
    public async Task<IReadOnlyList<CompletionModel>> ListAsync(Claims claims, bool withWorkflows, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentRead);
        var listed = await providers.ModelsAsync(claims, null, cancellationToken);
        IReadOnlyList<CompletionModel> own = withWorkflows ? await WorkflowsAsync(claims, cancellationToken) : [];
        return [.. listed.Models.Select(m => new CompletionModel(m.Id, m.Provider)), .. await EmbeddersAsync(cancellationToken), .. own];
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.ModelUnavailable"/>: there is none, or its provider does not list it.</exception>
    public async Task<CompletionModel> GetAsync(Claims claims, string id, bool withWorkflows, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ContentRead);
        var target = await ResolveAsync(claims, id, cancellationToken);
        var found = target.Model is { } model
            ? (await providers.ModelsAsync(claims, model.Provider, cancellationToken)).Models.Where(m => m.Id == model.ToString()).Select(m => new CompletionModel(m.Id, m.Provider))
                .Concat((await EmbeddersAsync(cancellationToken)).Where(e => e.Id == model.ToString())).FirstOrDefault()
            : withWorkflows ? (await WorkflowsAsync(claims, cancellationToken)).FirstOrDefault(w => w.Id == id)
            : null;
        return found ?? throw Unknown(id, "GET /openai/v1/models lists those that there are.");
    }

    async Task<IReadOnlyList<CompletionModel>> WorkflowsAsync(Claims claims, CancellationToken cancellationToken)
    {
        var all = new List<CompletionModel>();
        for (var page = new PageRequest { Limit = 100 }; ;)
        {
            var read = await workflows.ListAsync(claims, page, new WorkflowFilter { Active = true }, cancellationToken);
            all.AddRange(read.Items.Select(w => new CompletionModel($"{Workflows}/{w.Key}", Workflows, w.CreatedAt)));
            if (!read.HasMore) return all;
            page = page with { After = read.Items[^1].Id };
        }
    }

    async Task<IReadOnlyList<CompletionModel>> EmbeddersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reference = (await embedders.GetAsync(cancellationToken)).Reference;
            return [new CompletionModel(reference.ToString(), reference.Provider)];
        }
        catch (EmbeddingException)
        {
            return [];
        }
    }

    static OvermindException Unknown(string name, string remedy) => new(ErrorCode.ModelUnavailable, $"There is no model '{name}'. {remedy}", "model");
}
