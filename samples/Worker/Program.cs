// A program with a kind of jobs of its own, on the database of an Overmind instance. Enqueues a greeting, does it, and shows what came of it:
//   OVERMIND_DATABASE_URL=postgres://… dotnet run --project samples/Worker -- Ada
// Without a name it works on until it is stopped.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind;
using Overmind.Access;
using Overmind.Jobs;
using Overmind.Samples.Worker;

if (Environment.GetEnvironmentVariable("OVERMIND_DATABASE_URL") is not { Length: > 0 } url)
{
    Console.Error.WriteLine("Set OVERMIND_DATABASE_URL to the database of an instance, as postgres://user:password@host:5432/database.");
    return 2;
}

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddJob<SendGreeting>(new JobKindOptions { Timeout = TimeSpan.FromSeconds(30), IsPublic = true });
builder.Services.AddOvermind(options => (options.DatabaseUrl, options.Worker) = (url, new JobWorkerOptions { Kinds = ["sample.greeting"] }));
using var host = builder.Build();
if (args.Length == 0)
{
    await host.RunAsync();
    return 0;
}

await host.StartAsync();
var admin = (await host.Services.GetRequiredService<FirstOrganization>().FindAdminAsync(CancellationToken.None))!;
var jobs = host.Services.GetRequiredService<JobService>();
var id = await jobs.EnqueueAsync(admin, NewJob.Of("sample.greeting", new GreetingPayload(args[0])), CancellationToken.None);
var job = await jobs.GetAsync(admin, id!.Value, CancellationToken.None);
while (job.CompletedAt is null)
{
    await Task.Delay(50);
    job = await jobs.GetAsync(admin, job.Id, CancellationToken.None);
}

Console.WriteLine($"{job.Status}, result {job.Result}");
await host.StopAsync();
return job.Status is JobStatus.Completed ? 0 : 1;
