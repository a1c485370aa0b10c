using Overmind.Jobs;
using Overmind.Postgres;

namespace Overmind.Conversations.Search;

/// <summary>Indexes the texts of organizations that were there before the search, or that have changed their language (<c>search_language</c>).</summary>
[Job("conversations.index")]
sealed class IndexTexts(IndexStore store) : JobHandler<NoPayload>
{
    public override async Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        foreach (var organization in await store.OrganizationsAsync(cancellationToken))
        {
            var claims = new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole };
            var language = await store.LanguageAsync(claims, cancellationToken);
            foreach (var of in (string[])["messages", "memories", "conversations"])
                for (Guid? last = Guid.Empty; last is { } after;)
                    last = await store.IndexAsync(claims, language, of, after, cancellationToken);
        }
    }
}
