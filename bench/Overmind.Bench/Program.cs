using Overmind.Bench;
using Overmind.Bench.Jobs;
using Overmind.Bench.Load;

return args switch
{
    [LoadProcess.Verb] => LoadProcess.Serve(),
    [EffectWorker.Verb, var database] => await EffectWorker.ServeAsync(database),
    _ => await BenchCommand.Create().Parse(args).InvokeAsync(),
};
