using Overmind.Agents;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>A database with two organizations and the services by which their members make agents and workflows.</summary>
public sealed class AuthoringStage(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase? _database;
    TestTenants? _tenants;

    public TestDatabase Database => _database!;

    public TestTenant First => _tenants!.First;

    public TestTenant Second => _tenants!.Second;

    public AgentService Agents { get; private set; } = null!;

    public WorkflowService Workflows { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
        var agents = new AgentStore(_database.Database);
        Agents = new AgentService(agents);
        Workflows = new WorkflowService(new WorkflowStore(_database.Database), agents);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public static NewAgent Agent(string? key = null) => new()
    {
        Key = key ?? $"agent-{Guid.CreateVersion7():n}",
        Name = "Editor",
        Goal = "Make it shorter.",
        Backstory = "You have cut texts for years.",
        OutputFormat = OutputFormat.Markdown,
    };

    public static NewWorkflow Workflow(string? key = null, params string[] agents) => new()
    {
        Key = key ?? $"workflow-{Guid.CreateVersion7():n}",
        Name = "Editing",
        Agents = agents.Length > 0 ? agents : ["creative", "decision"],
    };

    public Task<Agent> AgentAsync(Claims claims, string? key = null) => Agents.CreateAsync(claims, Agent(key), CancellationToken.None);

    public Task<Workflow> WorkflowAsync(Claims claims, params string[] agents) =>
        Workflows.CreateAsync(claims, Workflow(null, agents), CancellationToken.None);

    public Task<Workflow> DraftAsync(Claims claims, string key, WorkflowPatch? changes = null) =>
        Workflows.AddVersionAsync(claims, key, null, Guid.CreateVersion7(), changes ?? new(), CancellationToken.None);

    /// <summary>The error by which something is refused.</summary>
    public static async Task<OvermindException> RefusedAsync(ErrorCode code, Func<Task> act, string? param = null)
    {
        var error = await Should.ThrowAsync<OvermindException>(act);
        (error.Code, error.Param).ShouldBe((code, param), error.Message);
        return error;
    }
}
