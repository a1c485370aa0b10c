using Microsoft.Extensions.Logging;
using Npgsql;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Models.Embeddings;
using Overmind.Postgres;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>
/// Puts a model in the place of the one whose vectors are searched: embeds all texts by it, switches, and moves the vectors to where they stay. Which texts are left the rows say,
/// so a job that dies has lost a batch at most. What does not get on is tried again by the next job, a minute later; <c>overmind embeddings status</c> says why.
/// </summary>
[Job("embeddings.migrate")]
sealed class MigrateTexts(MigrationStore store, TextEmbedder embedder, EmbedderOptions options, TimeProvider time, ILogger<MigrateTexts> logger) : JobHandler<NoPayload>
{
    // Of a model on this machine, and of what is moved: so many that writing them takes longer than asking for them.
    const int LargeBatch = 500;

    // What is written meanwhile is embedded by the next pass, which takes less time than the one before.
    const int MostPasses = 20;

    public static JobKindOptions Options { get; } = new() { RetryWhenLost = true, KeepCompleted = TimeSpan.Zero };

    public override Task HandleAsync(NoPayload payload, JobContext context, CancellationToken cancellationToken) => WorkAsync(context.Job.Id, cancellationToken);

    internal async Task WorkAsync(Guid job, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(job, cancellationToken) is not { } migration)
            return;
        try
        {
            if (migration.State is MigrationState.Running)
                await RunAsync(migration, cancellationToken);
            else
                await MoveAsync(migration, cancellationToken);
        }
        catch (EmbeddingException failure)
        {
            logger.MigrationHeldUp(failure);
            await store.NoteAsync(migration, 0, TimeSpan.Zero, $"{failure.Message.TrimEnd('.')}: {failure.Remedy}", cancellationToken);
        }
    }

    async Task RunAsync(CurrentMigration migration, CancellationToken cancellationToken)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var since = await store.NowAsync(cancellationToken);
            if (!await EmbedAsync(migration, cancellationToken) || await store.SwitchAsync(migration, since, cancellationToken) is not { } lacking)
                return;
            if (lacking > 0)
                continue;
            embedder.Forget();
            logger.ModelSwitched(migration.Model.ToString());
            // What was written during the last pass.
            await EmbedAsync(migration, cancellationToken);
            return;
        }
    }

    /// <summary>Embeds all that has no vector of the new model. False: a budget keeps some from it, or it is this job's no more.</summary>
    async Task<bool> EmbedAsync(CurrentMigration migration, CancellationToken cancellationToken)
    {
        var model = await embedder.OpenAsync(migration.Model, migration.Dimensions, migration.Version, cancellationToken);
        var refused = new List<Guid>();
        foreach (var organization in await store.OrganizationsAsync(active: true, cancellationToken))
        {
            try
            {
                foreach (var of in EmbedTexts.Tables)
                    if (!await EmbedAsync(migration, model, new Claims(organization, null, OrganizationRole.Admin) { DatabaseRole = DatabaseRole.ServiceRole }, of, cancellationToken))
                        return false;
            }
            catch (OvermindException budget) when (budget.Code is ErrorCode.BudgetExceeded)
            {
                logger.TextsNotEmbedded(budget, organization);
                refused.Add(organization);
            }
            catch (PostgresException suspended) when (suspended.SqlState == PostgresFailure.OrganizationSuspended)
            {
                // Meanwhile; it does not hold up the others any more.
            }
        }

        if (refused.Count > 0)
            await store.NoteAsync(
                migration, 0, TimeSpan.Zero, $"Budgets are used up, of organization {string.Join(", ", refused.Take(5))}{(refused.Count > 5 ? $" and {refused.Count - 5} more" : "")}: raise them, or wait until their periods end",
                cancellationToken);
        return refused.Count == 0;
    }

    async Task<bool> EmbedAsync(CurrentMigration migration, EmbeddingModel model, Claims claims, string of, CancellationToken cancellationToken)
    {
        var limit = TextEmbedder.IsRemote(model) ? options.BatchSize : LargeBatch;
        for (var after = Guid.Empty; ;)
        {
            var started = time.GetTimestamp();
            var texts = await store.NextAsync(claims, of, after, limit, cancellationToken);
            if (texts.Count == 0)
                return true;
            var vectors = await embedder.EmbedAsync(claims, model, "embedding_of_" + of, [.. texts.Select(text => text.Text)], cancellationToken);
            var kept = await store.KeepAsync(claims, of, texts, model.Reference, vectors, cancellationToken);
            if (!await store.NoteAsync(migration, kept, time.GetElapsedTime(started), error: null, cancellationToken))
                return false;
            after = texts[^1].Id;
        }
    }

    async Task MoveAsync(CurrentMigration migration, CancellationToken cancellationToken)
    {
        // What came by SQL, or from a node that had not heard yet.
        if (migration.State is MigrationState.Moving)
            await EmbedAsync(migration, cancellationToken);
        if (!migration.Moves)
            return;
        foreach (var organization in await store.OrganizationsAsync(active: false, cancellationToken))
            foreach (var of in EmbedTexts.Tables)
                for (Guid? after = Guid.Empty; after is { } last;)
                    after = await store.MoveAsync(organization, of, last, LargeBatch, cancellationToken);
        await store.EndAsync(migration, cancellationToken);
    }
}
