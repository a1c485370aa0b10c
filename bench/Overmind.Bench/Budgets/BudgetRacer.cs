using System.Diagnostics;
using Overmind.Postgres;

namespace Overmind.Bench.Budgets;

/// <summary>A process that calls until the budget lets it no more.</summary>
static class BudgetRacer
{
    /// <summary>The hidden verb by which this program runs as one; its arguments are the database, the organization and the member.</summary>
    public const string Verb = "budget-racer";

    const int Callers = 4;

    public static Process Start(string connectionString, Guid organizationId, Guid userId) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly.Arguments, Verb, connectionString, $"{organizationId}", $"{userId}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;

    public static async Task<int> ServeAsync(string connectionString, string organizationId, string userId)
    {
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = connectionString });
        var calls = new BudgetCalls(opened.Database, new Claims(Guid.Parse(organizationId), Guid.Parse(userId), OrganizationRole.Admin));
        // All begin together: when the parent closes the line.
        await Console.In.ReadToEndAsync();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(seed => CallAsync(calls, new Random(seed))));
        return 0;
    }

    static async Task CallAsync(BudgetCalls calls, Random random)
    {
        while (true)
        {
            var id = Guid.CreateVersion7();
            var (may, isBusy) = await calls.ReserveAsync(id, CancellationToken.None);
            if (may)
                await calls.SettleAsync(id, random.Next(1, 501));
            else if (!isBusy)
                return;
        }
    }
}
