using Overmind.Bench;
using Overmind.Bench.Budgets;
using Overmind.Bench.Jobs;
using Overmind.Bench.Load;

return args switch
{
    [LoadProcess.Verb] => LoadProcess.Serve(),
    [BudgetRacer.Verb, var database, var organization, var user] => await BudgetRacer.ServeAsync(database, organization, user),
    [EffectWorker.Verb, var database] => await EffectWorker.ServeAsync(database),
    _ => await BenchCommand.Create().Parse(args).InvokeAsync(),
};
