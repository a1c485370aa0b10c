using System.CommandLine;
using Overmind.Cli.Instances;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class UsageOverLimitCommand
{
    public static Command Create()
    {
        var command = ApiVerb.Create("over-limit", "List members who have cost more this month than their tier allows");
        command.SetAction(async (parsed, ct) =>
        {
            var members = await InstanceApi.Connect(parsed).Usage.OverLimitAsync(ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, members);
            else if (members.Count == 0)
                Console.Out.WriteLine("Nobody has cost more this month than their tier allows.");
            else
                AnsiConsole.Write(TableOf(members));
            return 0;
        });
        return command;
    }

    static Table TableOf(IReadOnlyList<Client.MemberCost> members)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Member", "Tier", "State", "Runs", "Tokens", "Cost (USD)");
        foreach (var member in members)
            table.AddRow(
                Markup.Escape(member.DisplayName), Markup.Escape(member.TierName ?? ""), member.IsOverLimit ? "over the limit" : "high usage",
                $"{member.Runs}", $"{member.Tokens}", $"{member.CostUsd}");
        return table;
    }
}
