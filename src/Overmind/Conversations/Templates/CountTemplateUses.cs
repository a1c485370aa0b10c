using Overmind.Jobs;

namespace Overmind.Conversations.Templates;

/// <summary>Counts how many conversations began with each context template.</summary>
[Job("context_templates.count")]
sealed class CountTemplateUses(ContextTemplateStore store) : JobHandler<NoPayload>
{
    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => store.FoldUsesAsync(cancellationToken);
}
