using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Overmind.Agents;
using Overmind.Conversations.Search;
using Overmind.Conversations.Vectors;
using Overmind.Conversations.Vectors.Migrations;
using Overmind.Jobs;
using Overmind.Models.Embeddings;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Vectors.Migrations;

/// <summary>A node of an installation with the built-in embedder and another one, and its owner.</summary>
sealed class MigrationStage : IAsyncDisposable
{
    readonly RoutineDatabase _data;
    readonly EmbeddingModels _models;
    readonly NpgsqlDataSource _owner;

    MigrationStage(RoutineDatabase data, EmbedderOptions options)
    {
        _data = data;
        _models = new EmbeddingModels(options, TimeProvider.System);
        _owner = NpgsqlDataSource.Create(data.Owner.OwnerConnectionString);
        Migrations = new EmbeddingMigrations(_owner);
        var ledger = new SingleEmbeddings(new PlaygroundStore(data.Requests, TimeProvider.System), TimeProvider.System);
        Embedder = new TextEmbedder(new VectorStore(data.Requests), _models, ledger.MakeAsync, TimeProvider.System);
        Search = new SearchService(new SearchStore(data.Requests), new QueryEmbedder(Embedder, NullLogger<QueryEmbedder>.Instance));
    }

    public EmbeddingMigrations Migrations { get; }

    public TextEmbedder Embedder { get; }

    public SearchService Search { get; }

    /// <summary>With a vector of the built-in model beside each text.</summary>
    public static async Task<MigrationStage> OpenAsync(RoutineDatabase data, EmbedderOptions options)
    {
        var stage = new MigrationStage(data, options);
        await new EmbedTexts(new VectorStore(data.Requests), stage.Embedder, options, NullLogger<EmbedTexts>.Instance).HandleAsync(new NoPayload(), null!, CancellationToken.None);
        return stage;
    }

    public async Task<EmbeddingModel> ModelAsync(string name) => await Migrations.ChooseAsync(await _models.FindAllAsync(name, CancellationToken.None), CancellationToken.None);

    public async Task StartAsync(string name) => await Migrations.StartAsync(await ModelAsync(name), 0, CancellationToken.None);

    /// <summary>What a job does.</summary>
    public Task WorkAsync() => new MigrateTexts(new MigrationStore(_data.Requests), Embedder, new EmbedderOptions(), TimeProvider.System, NullLogger<MigrateTexts>.Instance)
        .WorkAsync(Guid.CreateVersion7(), CancellationToken.None);

    /// <summary>Jobs until it has ended; the time between the switch and the moving is over at once.</summary>
    public async Task EndAsync()
    {
        await WorkAsync();
        await _data.Owner.ExecuteAsync("update overmind.embedding_migrations set switched_at = switched_at - interval '1 minute' where status = 'moving'");
        await WorkAsync();
        (await StatusAsync()).Migration!.HasEnded.ShouldBeTrue((await StatusAsync()).Migration!.Error);
    }

    public Task<MigrationStatus> StatusAsync() => Migrations.StatusAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _models.Dispose();
        await _owner.DisposeAsync();
    }
}
