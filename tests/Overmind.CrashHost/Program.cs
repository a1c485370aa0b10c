using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Overmind;
using Overmind.CrashHost;
using Overmind.Jobs;
using Overmind.Models;
using Overmind.Models.Embeddings;
using Overmind.Models.Offline;
using Overmind.Postgres;

if (args[0] == SupervisedQueue.Verb) return await SupervisedQueue.RunAsync(args[1], args[2]);

// Arguments: the database's connection string, the offline model's tokens a second, the seconds of a lease and between renewals; a second embedder and its address.
var tokensPerSecond = double.Parse(args[1], CultureInfo.InvariantCulture);
var lease = TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture));
var heartbeat = TimeSpan.FromSeconds(double.Parse(args[3], CultureInfo.InvariantCulture));
await using var database = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = args[0] });
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
var model = new DelegatingModel(new OfflineChatClient(TimeProvider.System, tokensPerSecond));
builder.Services.AddSingleton(new ChatModels(new Dictionary<string, Func<string, IChatClient?>> { [ModelReference.Offline.Provider] = _ => model }));
builder.Services.AddDatabase(database).AddOvermind(options =>
{
    options.Worker = new JobWorkerOptions { Lease = lease, Heartbeat = heartbeat, Poll = TimeSpan.FromMilliseconds(300) };
    options.OfflineTokensPerSecond = tokensPerSecond;
    if (args.Length > 4) options.Embedder = new EmbedderOptions { Next = new EmbedderOptions { Embedder = args[4], Url = new Uri(args[5]) } };
});
using var host = builder.Build();
await host.RunAsync();
return 0;
