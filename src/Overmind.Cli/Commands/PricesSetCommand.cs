using System.CommandLine;
using System.Globalization;
using Overmind.Cli.Instances;
using Overmind.Client;

namespace Overmind.Cli.Commands;

static class PricesSetCommand
{
    static readonly Argument<string> Model = PriceArguments.Model("As openai/gpt-4o; with * at its end all that begin so, as local/*");

    static readonly Option<decimal?> Input = Amount("--input", "US dollars for a million tokens of prompts");
    static readonly Option<decimal?> Answer = Amount("--output", "US dollars for a million tokens of answers");
    static readonly Option<decimal?> CacheRead = Amount("--cache-read", "US dollars for a million tokens that were cached; default: as --input");
    static readonly Option<decimal?> CacheWrite = Amount("--cache-write", "US dollars for a million tokens that are cached; default: as --input");
    static readonly Option<decimal?> CacheWriteHour = Amount("--cache-write-1h", "US dollars for a million tokens that are cached for an hour; default: as --cache-write");
    static readonly Option<decimal?> Reasoning = Amount("--reasoning", "US dollars for a million tokens of reasoning; default: as --output");
    static readonly Option<decimal?> Request = Amount("--request", "US dollars for a call, beside its tokens; default: none");
    static readonly Option<decimal?> WebSearch = Amount("--web-search", "US dollars for a web search that the provider makes");

    static readonly Option<DateTimeOffset?> From = new("--from")
    {
        Description = "For calls from this time on; a price that holds then ends with it. Default: for all calls",
        HelpName = "time",
    };

    static readonly Option<DateTimeOffset?> To = new("--to") { Description = "For calls before this time; default: until further notice", HelpName = "time" };

    static readonly Option<long?> Above = new("--context-above") { Description = "For calls whose prompt has more tokens than that; default: 0", HelpName = "tokens" };

    static readonly Option<string?> Tier = new("--tier") { Description = "For calls that the provider serves in this tier, as priority; default: of all tiers", HelpName = "name" };

    static readonly Option<string?> Note = new("--note") { Description = "Why, for people", HelpName = "text" };

    public static Command Create()
    {
        var command = ApiVerb.Create(
            "set", "Set what a model costs the organization; it goes before the catalogue", Model, Input, Answer, CacheRead, CacheWrite, CacheWriteHour, Reasoning,
            Request, WebSearch, From, To, Above, Tier, Note);
        command.SetAction(async (parsed, ct) =>
        {
            var model = PriceArguments.Of(parsed, Model);
            var price = await InstanceApi.Connect(parsed).Prices.SetAsync(
                new NewPrice
                {
                    Provider = model.Provider,
                    Model = model.Model,
                    ContextAbove = parsed.GetValue(Above),
                    ServiceTier = parsed.GetValue(Tier),
                    ValidFrom = parsed.GetValue(From),
                    ValidTo = parsed.GetValue(To),
                    EndsPrevious = parsed.GetValue(From) is null ? null : true,
                    Note = parsed.GetValue(Note),
                    PerMillion = new PricePerMillion
                    {
                        Input = parsed.GetValue(Input),
                        Output = parsed.GetValue(Answer),
                        CacheRead = parsed.GetValue(CacheRead),
                        CacheWrite = parsed.GetValue(CacheWrite),
                        CacheWrite1h = parsed.GetValue(CacheWriteHour),
                        Reasoning = parsed.GetValue(Reasoning),
                    },
                    PerCall = new PricePerCall { Request = parsed.GetValue(Request), WebSearch = parsed.GetValue(WebSearch) },
                }, cancellationToken: ct);
            Output.Write(parsed, price, $"Set the price of {model} ({price.Id}). Calls of before keep theirs: `overmind usage reprice` prices them anew.");
            return 0;
        });
        return command;
    }

    static Option<decimal?> Amount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "amount",
        CustomParser = result =>
        {
            if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
                return amount;
            result.AddError($"{name} is an amount of US dollars, as 2.5");
            return null;
        },
    };
}
