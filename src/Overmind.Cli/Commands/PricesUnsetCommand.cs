using System.CommandLine;
using Overmind.Cli.Instances;
using Overmind.Client;
using Overmind.Models;

namespace Overmind.Cli.Commands;

static class PricesUnsetCommand
{
    static readonly Argument<string> Price = new("price") { Description = "Its id; or a model as openai/gpt-4o, for all prices that the organization has set for it" };

    public static Command Create()
    {
        var command = ApiVerb.Create("unset", "Take a price away that the organization has set: the catalogue's holds again", Price);
        command.SetAction(async (parsed, ct) =>
        {
            var prices = InstanceApi.Connect(parsed).Prices;
            var ids = await IdsAsync(prices, parsed.GetValue(Price)!, ct);
            foreach (var id in ids) await prices.UnsetAsync(id, cancellationToken: ct);
            Output.Write(parsed, ids.Select(id => new { Id = id, Deleted = true }), $"Took {ids.Count} away");
            return 0;
        });
        return command;
    }

    static async Task<IReadOnlyList<Guid>> IdsAsync(PricesClient prices, string named, CancellationToken ct)
    {
        if (Guid.TryParse(named, out var id)) return [id];
        if (ModelReference.Parse(named) is not { } model)
            throw new CliException("no_price", $"{named} is neither an id nor a model", "see `overmind prices list --own`");
        var own = await PricesListCommand.AllAsync(prices, new PriceFilter { Source = "organization", Provider = model.Provider }, ct);
        var ids = own.Where(p => p.Model == model.Model).Select(p => p.Id).ToList();
        return ids.Count > 0 ? ids : throw new CliException("no_price", $"the organization has set no price of {model}", "see `overmind prices list --own`");
    }
}
