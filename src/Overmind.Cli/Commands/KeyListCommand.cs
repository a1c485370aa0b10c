using System.CommandLine;
using Overmind.Access;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class KeyListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the API keys of the first admin's organization");
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var keys = await access.ListAsync(await access.MemberAsync(null, ct), ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, keys);
            else
                AnsiConsole.Write(TableOf(keys));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<ApiKey> keys)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Key", "Name", "Scopes", "Used", "Last used", "Expires", "State");
        foreach (var key in keys)
            table.AddRow(
                Markup.Escape(key.KeyPrefix + "_…"),
                Markup.Escape(key.Name),
                string.Join(',', key.Scopes.Select(LowerSnake.Write)),
                key.UsageCount.ToString(),
                Time(key.LastUsedAt),
                Time(key.ExpiresAt),
                State(key));
        return table;
    }

    static string Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm'Z'") ?? "never";

    static string State(ApiKey key) =>
        !key.IsActive ? "revoked" : key.ExpiresAt <= TimeProvider.System.GetUtcNow() ? "expired" : key.RotatedAt is not null ? "rotated" : "active";
}
