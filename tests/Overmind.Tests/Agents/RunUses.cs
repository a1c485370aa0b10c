using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>What a job counts each minute, counted now.</summary>
static class RunUses
{
    public static Task CountRunUsesAsync(this TestDatabase database) => Poll.UntilAsync(async () =>
    {
        await database.ExecuteAsync("select overmind.fold_run_uses()");
        return await database.ScalarAsync<long>("select count(*) from overmind.run_uses") == 0;
    });
}
