using Npgsql;
using Overmind.Access;
using Overmind.Bench.DataSets;
using Overmind.Client;
using Overmind.Postgres;

namespace Overmind.Bench.Streams;

/// <summary>What streams are measured on: a provider of an organization of the data set, a workflow of one agent, and the server in a process of its own.</summary>
sealed class StreamStage : IAsyncDisposable
{
    /// <summary>Of the provider.</summary>
    public const string Model = "bench/model";

    /// <summary>A chat: one agent, and what the loop does with its answer.</summary>
    public const string OneAgent = "bench-one-agent";

    readonly string _token;

    StreamStage(FakeProvider provider, ServerUnderTest server, string token) => (Provider, Server, _token) = (provider, server, token);

    public static Target Member { get; } = new(OrganizationNumber: 1, MemberNumber: 0, ConversationNumber: 0);

    public FakeProvider Provider { get; }

    public ServerUnderTest Server { get; }

    public static async Task<StreamStage> StartAsync(string folder, BenchDatabase database, int runs, CancellationToken cancellationToken)
    {
        var provider = await FakeProvider.StartAsync(cancellationToken);
        await PrepareAsync(database.Owner, provider.Url, cancellationToken);
        var token = ApiKeyToken.Generate(Member.Organization);
        await using (var source = NpgsqlDataSource.Create(database.RequestLogin))
            await new ApiKeyStore(new Database(source)).InsertAsync(
                Member.Claims, new Access.NewApiKey { Name = "Benchmark", Scopes = ApiKeyScopes.All.Members() }, token, cancellationToken);
        return new StreamStage(provider, await ServerUnderTest.StartAsync(Path.Combine(folder, "server"), database.Owner, cancellationToken, runs), token.Text);
    }

    /// <summary>A client with connections of its own: HTTP/1.1, one a stream.</summary>
    public OvermindClient Client() => new(Server.Url, _token);

    /// <summary>Asks a question in a new conversation; a run of one iteration by the provider's model.</summary>
    /// <param name="workflow">Null: the six agents of the default one.</param>
    public static async Task<Guid> AskAsync(OvermindClient client, string? workflow, CancellationToken cancellationToken)
    {
        var conversation = await client.Conversations.CreateAsync(cancellationToken: cancellationToken);
        var run = await client.Runs.CreateAsync(
            conversation.Id,
            new NewRun
            {
                Question = "What holds a plan together?",
                Workflow = workflow,
                MaxN2Iterations = 1,
                Models = new RunModels { Agents = Model, Synthesis = Model, Judge = Model },
            },
            cancellationToken: cancellationToken);
        return run.Id;
    }

    public async ValueTask DisposeAsync()
    {
        Provider.Release();
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }

    // The database is kept between runs of the benchmark; the provider's port is another each time.
    static async Task PrepareAsync(string owner, Uri provider, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var batch = source.CreateBatch();
        foreach (var (sql, parameters) in ((string, object[])[])
        [
            ($"select overmind.seed_organization('{Member.Organization}')", []),
            ("delete from model_providers where organization_id = $1 and key = 'bench'", [Member.Organization]),
            ("insert into model_providers (organization_id, key, kind, base_url) values ($1, 'bench', 'openai', $2)", [Member.Organization, provider.ToString()]),
            ($"insert into workflows (organization_id, key, name) values ($1, '{OneAgent}', 'One agent') on conflict do nothing", [Member.Organization]),
            (
                $"""
                insert into workflow_agents (organization_id, workflow_id, agent_id, position)
                select w.organization_id, w.id, a.id, 1
                from workflows w
                join agent_configurations a on a.organization_id = w.organization_id and a.origin_key is not null
                where w.organization_id = $1 and w.key = '{OneAgent}'
                order by a.key
                limit 1
                on conflict do nothing
                """, [Member.Organization]),
        ])
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
