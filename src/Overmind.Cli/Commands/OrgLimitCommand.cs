using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Tenancy;

namespace Overmind.Cli.Commands;

static class OrgLimitCommand
{
    static readonly Argument<string> Which = NamedOrganization.Argument();

    static readonly Option<string?> Plan = new("--plan") { Description = "free, pro or enterprise", HelpName = "plan" };

    static readonly Option<string?> Members = new("--members") { Description = "Members at a time; none for no limit", HelpName = "count" };

    static readonly Option<string?> Runs = new("--runs") { Description = "Runs a month; none for no limit", HelpName = "count" };

    static readonly Option<string?> Tokens = new("--tokens") { Description = "Tokens a month; none for no limit", HelpName = "count" };

    static OrgLimitCommand()
    {
        Plan.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } word }] && LowerSnake.Read<OrganizationPlan>(word) is null)
                result.AddError("--plan is free, pro or enterprise");
        });
        foreach (var option in new[] { Members, Runs, Tokens })
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: { } word }] && word != "none" && !long.TryParse(word, out _))
                    result.AddError($"{option.Name} is a number or none");
            });
    }

    public static Command Create()
    {
        var command = new Command("limit", "Change plan and limits of an organization; what is not named stays") { Which, Plan, Members, Runs, Tokens };
        command.SetAction(async (parsed, ct) =>
        {
            await using var access = await InstanceAccess.OpenAsync(parsed, ct);
            var which = parsed.GetValue(Which)!;
            var limits = new OrganizationLimits
            {
                Plan = parsed.GetValue(Plan) is { } plan ? LowerSnake.Read<OrganizationPlan>(plan) : null,
                MaxUsers = Count(parsed, Members),
                MonthlyQueryLimit = Count(parsed, Runs),
                MonthlyTokenLimit = parsed.GetValue(Tokens) is { } tokens ? new(tokens == "none" ? null : long.Parse(tokens)) : null,
            };
            var limited = await access.Organizations.LimitAsync((await NamedOrganization.FindAsync(access, which, ct)).Id, limits, ct)
                ?? throw NamedOrganization.Missing(which);
            Output.Write(parsed, limited, OrgShowCommand.Text(limited));
            return 0;
        });
        return command;
    }

    static Change<int?>? Count(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null : text == "none" ? new(null) : new((int)Math.Min(long.Parse(text), int.MaxValue));
}
