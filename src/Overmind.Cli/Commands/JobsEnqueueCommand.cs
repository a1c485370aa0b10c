using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class JobsEnqueueCommand
{
    static readonly Argument<string> Kind = new("kind") { Description = "A kind that may be enqueued from outside" };

    static readonly Argument<string?> Payload = new("payload") { Description = "What the kind asks for, as a JSON object", Arity = ArgumentArity.ZeroOrOne };

    static readonly Option<DateTimeOffset?> At = new("--at") { Description = "Not before this time, as 2030-01-31T12:00:00Z; default: at once", HelpName = "time" };

    static readonly Option<int?> Priority = new("--priority") { Description = "Lower is sooner, 0 to 32767; default: 100", HelpName = "number" };

    static readonly Option<string?> UniqueKey = new("--unique-key") { Description = "No second job of the kind with this key is open at a time", HelpName = "key" };

    static readonly Option<int?> Attempts = new("--attempts") { Description = "How often it may fail; default: as its kind", HelpName = "count" };

    public static Command Create()
    {
        var command = new Command("enqueue", "Enqueue a job") { Kind, Payload, At, Priority, UniqueKey, Attempts, InstanceApi.Url, InstanceApi.Key };
        command.SetAction(async (parsed, ct) =>
        {
            var job = await InstanceApi.Connect(parsed).Jobs.EnqueueAsync(
                new NewJob
                {
                    Kind = parsed.GetValue(Kind)!,
                    Payload = Parse(parsed.GetValue(Payload)),
                    RunAt = parsed.GetValue(At),
                    Priority = parsed.GetValue(Priority),
                    UniqueKey = parsed.GetValue(UniqueKey),
                    MaxAttempts = parsed.GetValue(Attempts),
                },
                cancellationToken: ct);
            Output.Write(parsed, job, job.Id.ToString());
            return 0;
        });
        return command;
    }

    static JsonObject? Parse(string? payload)
    {
        try
        {
            return payload is null ? null : JsonNode.Parse(payload) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CliException("bad_payload", "the payload is no JSON object", """write it as '{"name": "value"}'""") { ExitCode = 2 };
        }
    }
}
