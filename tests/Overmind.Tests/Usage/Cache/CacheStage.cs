using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

/// <summary>A database with two organizations, and calls of a model in the playground that the response cache stands before.</summary>
public sealed class CacheStage(TestPostgres postgres) : IAsyncLifetime
{
    TestTenants? _tenants;

    public TestDatabase Database { get; private set; } = null!;

    public TestTenant First => _tenants!.First;

    public TestTenant Second => _tenants!.Second;

    public static CacheRequest Exact { get; } = new() { Mode = CacheMode.Exact };

    public static CacheRequest Semantic { get; } = new() { Mode = CacheMode.Semantic };

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(Database);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public Task<RunHost> HostAsync(FakeModel model, bool worker = false, TimeProvider? time = null) => RunHost.StartAsync(Database, model.Models, worker, time: time);

    /// <summary>A model that numbers its answers, and says them in three pieces.</summary>
    public static FakeModel Numbered() => new((call, _) => PiecesAsync(call.Number));

    /// <summary>A prompt that no other test has.</summary>
    public static string Fresh(string prompt, [CallerMemberName] string test = "") => $"{prompt} ({test.Replace('_', ' ')})";

    public async Task<CacheAnswer> AskAsync(RunHost host, string prompt, CacheRequest? cache, Claims? claims = null, Func<PlaygroundCall, PlaygroundCall>? otherwise = null)
    {
        var call = new PlaygroundCall { Prompt = prompt, Model = FakeModel.Priced, Cache = cache };
        call = otherwise?.Invoke(call) ?? call;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var updates = new List<PlaygroundUpdate>();
        await foreach (var update in host.Services.GetRequiredService<PlaygroundService>().AskAsync(claims ?? First.User, call, patience.Token)) updates.Add(update);
        return new CacheAnswer(call.Id, string.Concat(updates.Select(u => u.Text)), updates[0].Cache!.Value, updates[^1].Result!);
    }

    /// <summary>Agents of the first organization.</summary>
    public async Task<IReadOnlyList<Guid>> AgentsAsync() => await Database.Database.ListAsync<Guid>(First.User, "select id from agent_configurations order by key", [], CancellationToken.None);

    public Task<string?> LedgerAsync(CacheAnswer answer) => Database.ScalarAsync<string?>(
        "select concat_ws(' ', status, outcome, tokens_input, tokens_output, cost) from token_usage where id = $1", answer.Id)!;

    public Task<string?> LookupAsync(CacheAnswer answer) => Database.ScalarAsync<string?>(
        "select concat_ws(' ', kind, tokens_saved, cost_saved) from cache_lookups where id = $1", answer.Id)!;

    static async IAsyncEnumerable<string> PiecesAsync(int number)
    {
        await Task.Yield();
        foreach (var piece in (string[])["This is ", "answer ", $"{number} 😀."]) yield return piece;
    }
}
