using Overmind.Bench;
using Overmind.Bench.Load;

return args is [LoadProcess.Verb] ? LoadProcess.Serve() : await BenchCommand.Create().Parse(args).InvokeAsync();
