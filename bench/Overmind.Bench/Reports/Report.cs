using Overmind.Bench.Budgets;
using Overmind.Bench.DataSets;
using Overmind.Bench.Gateway;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
using Overmind.Bench.Memories;
using Overmind.Bench.Streams;

namespace Overmind.Bench.Reports;

/// <summary>Everything that was measured in one run of the benchmark, and where.</summary>
sealed record Report
{
    /// <summary>Null when nothing was measured on it.</summary>
    public DataSet? DataSet { get; init; }

    public required BenchOptions Options { get; init; }

    /// <summary>Null when no part needs its own data set's server.</summary>
    public string? PostgresVersion { get; init; }

    /// <summary>Operations over HTTP; the floor is pgbench.</summary>
    public IReadOnlyList<Comparison> Http { get; init; } = [];

    /// <summary>Queries under row-level security; the floor is the same query with its predicates written by hand.</summary>
    public IReadOnlyList<Comparison> Rls { get; init; } = [];

    /// <summary>Runs of one iteration, and of four.</summary>
    public IReadOnlyList<RunOverhead> Runs { get; init; } = [];

    /// <summary>Streams of runs; the floor is a plain reader of the provider's stream.</summary>
    public StreamFigures? Streams { get; init; }

    /// <summary>The built-in embedder; the floor is adding up the same vectors.</summary>
    public EmbedderFigures? Embedder { get; init; }

    /// <summary>A write that is audited; the floor is the same without.</summary>
    public Comparison? Audit { get; init; }

    /// <summary>Requests of somebody, and sign-ins.</summary>
    public AccessFigures? Access { get; init; }

    /// <summary>The ledger with its sums; the floor is the ledger alone, and a trigger that adds to one row.</summary>
    public IReadOnlyList<Comparison> Rollup { get; init; } = [];

    /// <summary>What budgets cost, and whether they hold.</summary>
    public BudgetFigures? Budgets { get; init; }

    /// <summary>Look-ups in the response cache; the floor is the row by its key, and each row of the scope compared.</summary>
    public CacheFigures? Cache { get; init; }

    /// <summary>Full-text search; the floor is the newest matches by the index alone.</summary>
    public SearchFigures? Search { get; init; }

    /// <summary>Memories: searches, beside comparing each vector and pgvector's filtered index.</summary>
    public MemoryFigures? Memory { get; init; }

    /// <summary>Organizations that come and go.</summary>
    public TenantFigures? Tenants { get; init; }

    /// <summary>Appending with pruning, beside appending without; pages of long branches, beside one of a short.</summary>
    public IReadOnlyList<Comparison> Conversations { get; init; } = [];

    /// <summary>Calls through OpenAI's API; the floor is the provider itself, and another gateway stands beside.</summary>
    public GatewayFigures? Gateway { get; init; }

    /// <summary>Reports of usage.</summary>
    public DashboardFigures? Dashboards { get; init; }

    /// <summary>The queue, beside others.</summary>
    public JobsReport? Jobs { get; init; }

    /// <summary>False when an aim was missed.</summary>
    public bool IsReached => Runs.All(run => run.IsReached) && Streams?.IsReached != false && Embedder?.IsReached != false && Jobs?.IsReached != false && Audit?.IsReached != false && Access?.IsReached != false && Cache?.IsReached != false && Search?.IsReached != false && Memory?.IsReached != false && Tenants?.IsReached != false && Dashboards?.IsReached != false && Budgets?.IsReached != false && Gateway?.IsReached != false
        && Http.Concat(Rls).Concat(Rollup).Concat(Conversations).All(comparison => comparison.IsReached != false);
}
