using Npgsql;
using Overmind.Models;
using Overmind.Models.Embeddings;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>
/// Another model in the place of the one whose vectors are searched: what that takes, its beginning, how far it is, and its end. As the owner of the schema, who alone sees all
/// texts and may make indexes; the work is the servers' (<see cref="MigrateTexts"/>).
/// </summary>
sealed class EmbeddingMigrations(NpgsqlDataSource owner)
{
    const string StartSql = "select overmind.start_embedding_migration($1, $2, $3, $4, $5)";

    const string CurrentSql = """
        select g.id, f.provider || '/' || f.model, t.provider || '/' || t.model, t.dimensions, g.status, g.texts, g.embedded, g.seconds, g.error, g.failed_at, g.started_at,
            g.switched_at, g.ended_at
        from overmind.embedding_migrations g
        join embedding_models f on f.id = g.from_model_id
        join embedding_models t on t.id = g.to_model_id
        order by g.ended_at is not null, g.started_at desc
        limit 1
        """;

    readonly EmbeddingIndexes _indexes = new(owner);
    readonly OwnerSql _sql = new(owner);

    /// <summary>The one of several models of a name that is not the active one; the first where all are.</summary>
    public async Task<EmbeddingModel> ChooseAsync(IReadOnlyList<EmbeddingModel> models, CancellationToken cancellationToken)
    {
        var active = await _sql.FindModelAsync("active", cancellationToken);
        return models.FirstOrDefault(model => (model.Reference, model.Dimensions) != (active?.Reference, active?.Dimensions)) ?? models[0];
    }

    public Task<MigrationEstimate> EstimateAsync(EmbeddingModel to, CancellationToken cancellationToken) => new MigrationEstimator(_sql).EstimateAsync(to, cancellationToken);

    /// <summary>Whether it can begin. What cannot be is refused by the database, with a constraint's name.</summary>
    public Task CheckAsync(EmbeddingModel to, CancellationToken cancellationToken) => _sql.TryAsync(StartSql, Parameters(to, 0), cancellationToken);

    /// <summary>Makes the indexes, then begins; a minute later servers work on it.</summary>
    public async Task StartAsync(EmbeddingModel to, long texts, CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        await _indexes.MakeAsync(to.Reference, to.Dimensions, cancellationToken);
        await _sql.OneAsync<Guid>(StartSql, Parameters(to, texts), cancellationToken);
    }

    public Task CancelAsync(CancellationToken cancellationToken) => _sql.OneAsync<Guid>("select overmind.cancel_embedding_migration()", [], cancellationToken);

    /// <summary>Drops the indexes of models that are searched no more.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        var needed = new List<(ModelReference, int, bool)>();
        if (await _sql.FindModelAsync("active", cancellationToken) is { } active)
            needed.Add((active.Reference, active.Dimensions, false));
        if (await FindCurrentAsync(cancellationToken) is { HasEnded: false } current)
        {
            needed.Add((ModelReference.Parse(current.To)!, current.ToDimensions, true));
            needed.Add((ModelReference.Parse(current.To)!, current.ToDimensions, false));
        }

        await _indexes.DropOthersAsync(needed, cancellationToken);
    }

    public async Task<MigrationStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var (active, next) = (await _sql.FindModelAsync("active", cancellationToken), await _sql.FindModelAsync("next", cancellationToken));
        var indexes = await _indexes.ValidAsync(cancellationToken);
        var counts = await _sql.ListAsync(
            "select of, texts, active, next from overmind.embedding_counts($1, $2)", [active?.Id ?? Guid.Empty, next?.Id ?? Guid.Empty],
            row => new VectorCounts(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), next is null ? null : row.GetInt64(3),
                active is not null && indexes.Contains(EmbeddingIndexes.NameOf(row.GetString(0), active.Reference, active.Dimensions, next: false)),
                next is null ? null : indexes.Contains(EmbeddingIndexes.NameOf(row.GetString(0), next.Reference, next.Dimensions, next: true))),
            cancellationToken);
        var current = await FindCurrentAsync(cancellationToken);
        return new MigrationStatus(active?.Reference.ToString(), active?.Dimensions, counts, current is null ? null : await MeasureAsync(current, counts, cancellationToken));
    }

    /// <summary>The current migration, or the last one; null: there was none. How far it is, it does not say.</summary>
    public async Task<MigrationProgress?> FindCurrentAsync(CancellationToken cancellationToken)
    {
        var found = await _sql.ListAsync(CurrentSql, [], row => new MigrationProgress(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), LowerSnake.Read<MigrationState>(row.GetString(4))!.Value, 0, row.GetInt64(6),
            row.GetDouble(7) > 0 ? row.GetInt64(6) / row.GetDouble(7) : null, null, row.IsDBNull(8) ? null : row.GetString(8),
            Time(row, 9), row.GetDateTime(10), Time(row, 11), Time(row, 12)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    async Task<MigrationProgress> MeasureAsync(MigrationProgress current, IReadOnlyList<VectorCounts> counts, CancellationToken cancellationToken)
    {
        var total = counts.Sum(each => each.Texts);
        switch (current.State)
        {
            case MigrationState.Running:
                var done = counts.Sum(each => each.Next ?? 0);
                return current with { Percent = Share(done, total), SecondsLeft = current.PerSecond is > 0 and var rate ? (total - done) / rate : null };
            case MigrationState.Moving or MigrationState.Cancelling:
                var left = await _sql.OneAsync<long>(
                    $"select ({string.Join(") + (", EmbedTexts.Tables.Select(of => $"select count(*) from {of} where embedding_next is not null"))})", [], cancellationToken);
                return current with { Percent = Share(total - Math.Min(left, total), total) };
            default:
                return current with { Percent = 100 };
        }
    }

    static object[] Parameters(EmbeddingModel to, long texts) => [to.Reference.Provider, to.Reference.Model, to.Dimensions, to.Version, texts];

    static double Share(long done, long total) => total == 0 ? 100 : 100.0 * done / total;

    static DateTime? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
