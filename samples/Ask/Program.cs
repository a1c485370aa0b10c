// Asks a question over the HTTP API and shows the run as it happens:
//   OVERMIND_URL=http://127.0.0.1:8080 OVERMIND_API_KEY=sk_live_… dotnet run --project samples/Ask -- "Why do tides differ from place to place?"
using Overmind.Client;

var url = Environment.GetEnvironmentVariable("OVERMIND_URL") ?? "http://127.0.0.1:8080";
var key = Environment.GetEnvironmentVariable("OVERMIND_API_KEY");
if (key is null || args.Length == 0)
{
    Console.Error.WriteLine("Set OVERMIND_API_KEY (overmind key create makes one) and pass a question.");
    return 2;
}

var overmind = new OvermindClient(new Uri(url), key);
var conversation = await overmind.Conversations.CreateAsync(new NewConversation { Tags = ["sample"] });
var run = await overmind.Runs.CreateAsync(conversation.Id, new NewRun { Question = string.Join(' ', args), MaxN2Iterations = 3 });

// A connection that breaks is made again and goes on after the last event: this loop sees each event once.
await foreach (var happened in overmind.Runs.StreamAsync(run.Id))
    switch (happened.Type)
    {
        case "step.completed":
            Console.WriteLine($"  {happened.Text("step_key")}");
            break;
        case "iteration.completed":
            Console.WriteLine($"iteration {happened.Data.GetProperty("iteration")} scored {happened.Data.GetProperty("score")}");
            break;
        case "run.succeeded" or "run.failed" or "run.cancelled":
            run = happened.Run!;
            break;
    }

Console.WriteLine($"\n{run.Answer}\n");
Console.WriteLine($"{run.Status}, score {run.BestScore:0.0}, {run.TokensInput + run.TokensOutput} tokens, ${run.CostUsd:0.0000}{(run.IsOffline ? ", offline model" : "")}");
return run.Status == "succeeded" ? 0 : 1;
