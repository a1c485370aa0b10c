using Npgsql;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>What models cost: the shipped catalogue, and the prices that an organization sets, which go before it. Every member reads them; who manages models sets them.</summary>
public sealed class PriceService(PriceStore store, TimeProvider time)
{
    /// <summary>By id.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidParameter"/>: a model without its provider.</exception>
    public async Task<Page<Price>> ListAsync(Claims claims, PriceFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        if (filter is { Model: not null, Provider: null })
            throw new OvermindException(ErrorCode.InvalidParameter, "model goes with provider: the same name costs differently elsewhere.", "model");
        return page.PageOf(await store.ListAsync(claims, filter, page, cancellationToken));
    }

    /// <summary>All prices that calls of a model may be charged by.</summary>
    public async Task<IReadOnlyList<Price>> OfAsync(Claims claims, ModelReference model, CancellationToken cancellationToken) =>
        await store.ListAsync(
            claims, new PriceFilter { Provider = model.Provider, Model = model.Model }, new PageRequest { Limit = PageRequest.MaxLimit }, cancellationToken);

    /// <exception cref="OvermindException"><see cref="ErrorCode.PriceNotFound"/>.</exception>
    public async Task<Price> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>Sets a price. Calls that are in the ledger keep theirs until they are priced anew (<see cref="RepriceService"/>).</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PriceOverlap"/>, <see cref="ErrorCode.Forbidden"/>, or a value is not valid.</exception>
    public Task<Price> SetAsync(Claims claims, NewPrice price, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        price.Check();
        if (price is { EndsPrevious: true, ValidFrom: null }) price = price with { ValidFrom = StoredTime.Now(time) };
        return CheckedAsync(() => store.InsertAsync(claims, price, cancellationToken));
    }

    /// <param name="unchangedSince">The <see cref="Price.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.PreconditionFailed"/> when it has changed meanwhile, <see cref="ErrorCode.PriceNotFound"/>, also for one of the catalogue,
    /// and as in <see cref="SetAsync"/>.
    /// </exception>
    public async Task<Price> ChangeAsync(Claims claims, Guid id, PricePatch patch, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        patch.Check();
        var (found, changed) = await CheckedAsync(() => store.ChangeAsync(claims, id, patch, unchangedSince, cancellationToken));
        return changed ? found! : throw Unchanged(id, found);
    }

    /// <summary>Takes a price away: from then on the catalogue's holds, also for calls of the past that are priced anew.</summary>
    /// <param name="unchangedSince">The <see cref="Price.UpdatedAt"/> it must still have; null: whatever it is.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.PreconditionFailed"/>, <see cref="ErrorCode.PriceNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task UnsetAsync(Claims claims, Guid id, DateTimeOffset? unchangedSince, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        if (!await store.DeleteAsync(claims, id, unchangedSince, cancellationToken))
            throw Unchanged(id, await store.FindAsync(claims, id, cancellationToken));
    }

    /// <summary>A list of models with what each costs now.</summary>
    public async Task<ModelList> PricedAsync(Claims claims, ModelList list, CancellationToken cancellationToken)
    {
        if (list.Models.Count == 0) return list;
        var prices = await store.PricesAsync(claims, list.Models, time.GetUtcNow(), cancellationToken);
        return list with { Models = [.. list.Models.Zip(prices, (model, price) => model with { Price = price })] };
    }

    static async Task<T> CheckedAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException e) when (e.ConstraintName == "price_overrides_no_overlap")
        {
            throw new OvermindException(
                ErrorCode.PriceOverlap,
                "The organization has a price under the same conditions for a part of that time. Change that one, let it end (valid_to), or send ends_previous: true.",
                "valid_from", e);
        }
        catch (PostgresException e) when (e.ConstraintName == "price_overrides_valid_forward")
        {
            throw new OvermindException(ErrorCode.InvalidValue, "valid_to is later than valid_from.", "valid_to", e);
        }
        catch (PostgresException e) when (e.ConstraintName == "price_overrides_priced")
        {
            throw new OvermindException(ErrorCode.InvalidValue, "A price has one amount at least.", "per_million", e);
        }
    }

    static OvermindException Unchanged(Guid id, Price? found) => found switch
    {
        null => NotFound(id),
        { Source: PriceSource.Catalogue } => new(
            ErrorCode.PriceNotFound, "This price is the catalogue's, which nobody changes. Set one of the organization's own for the model: it goes first."),
        _ => new(ErrorCode.PreconditionFailed, "The price has changed since you read it. Read it again and decide anew."),
    };

    static OvermindException NotFound(Guid id) => new(ErrorCode.PriceNotFound, $"There is no price {id}.");
}
