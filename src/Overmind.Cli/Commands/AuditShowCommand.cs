using System.CommandLine;
using System.Text.Json;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class AuditShowCommand
{
    static readonly Argument<Guid> Id = new("act") { Description = "Its id" };

    public static Command Create()
    {
        var command = ApiVerb.Create("show", "Show an act with its old and new values", Id);
        command.SetAction(async (parsed, ct) =>
        {
            var log = await InstanceApi.Connect(parsed).AuditLogs.GetAsync(parsed.GetValue(Id), ct);
            Output.Write(parsed, log, Text(log));
            return 0;
        });
        return command;
    }

    static string Text(AuditLog log)
    {
        var lines = new List<string> { $"{log.Id}  {log.EventType}  {log.Status}", $"  when       {log.CreatedAt:yyyy-MM-dd HH:mm:ss}Z" };
        Add("who", log.UserName is null ? log.UserId : $"{log.UserName} ({log.UserId})");
        Add("key", log.ApiKeyId);
        Add("resource", log.ResourceId is null ? log.ResourceType : $"{log.ResourceType} {log.ResourceId}");
        Add("from", log.IpAddress);
        Add("program", log.UserAgent);
        Add("request", log.RequestId);
        Add("personal", Shown(log.Personal));
        Add("old", Shown(log.OldValues));
        Add("new", Shown(log.NewValues));
        Add("also", Shown(log.Metadata));
        return string.Join('\n', lines);

        void Add(string name, object? value)
        {
            if (value is not null)
                lines.Add($"  {name,-10} {TerminalText.WithoutControls(value.ToString()!)}");
        }
    }

    static string? Shown(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } shown && shown.EnumerateObject().Any() ? shown.GetRawText() : null;
}
