namespace Overmind.Bench;

/// <summary>The parts of the benchmark.</summary>
static class BenchSection
{
    public const string Http = "http";
    public const string Rls = "rls";
    public const string Runs = "runs";
    public const string Streams = "streams";
    public const string Embedder = "embedder";
    public const string Audit = "audit";
    public const string Access = "access";
    public const string Rollup = "rollup";
    public const string Budgets = "budgets";
    public const string Cache = "cache";
    public const string Search = "search";
    public const string Memory = "memory";
    public const string Remember = "remember";
    public const string Tenants = "tenants";
    public const string Conversations = "conversations";
    public const string Gateway = "gateway";
    public const string Dashboards = "dashboards";
    public const string Jobs = "jobs";

    public static readonly string[] All = [Http, Rls, Runs, Streams, Embedder, Audit, Access, Rollup, Cache, Search, Memory, Remember, Tenants, Conversations, Budgets, Gateway, Dashboards, Jobs];

    /// <summary>Those that are measured on the data set.</summary>
    public static readonly string[] OnDataSet = [Http, Rls, Runs, Streams];
}
