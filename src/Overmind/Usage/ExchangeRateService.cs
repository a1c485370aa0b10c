using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Usage;

/// <summary>
/// What a US dollar is worth in other currencies, by day. Costs are kept in US dollars: a rate serves budgets and reports in another currency. Every member reads
/// rates; who manages models sets them, as they set prices.
/// </summary>
public sealed class ExchangeRateService(ExchangeRateStore store)
{
    const decimal LeastRate = 0.000001m;
    const decimal MostRate = 1_000_000_000;

    /// <summary>By id.</summary>
    /// <param name="currency">By ISO 4217; null: all.</param>
    public async Task<Page<ExchangeRate>> ListAsync(Claims claims, string? currency, PageRequest page, CancellationToken cancellationToken)
    {
        page.Check();
        return page.PageOf(await store.ListAsync(claims, currency, page, cancellationToken));
    }

    /// <summary>Sets the rate from a day on, or puts it right. What was reckoned by another before stays as it is.</summary>
    /// <param name="currency">By ISO 4217, any but USD.</param>
    /// <param name="validFrom">A day of the organization.</param>
    /// <param name="rate">Units of that currency for one US dollar: 0.000001 to 1,000,000,000.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.Forbidden"/>, or a value is not valid.</exception>
    public Task<ExchangeRate> SetAsync(Claims claims, string currency, DateOnly validFrom, decimal rate, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        var checks = new Checks();
        checks.Require(
            currency.Length == 3 && currency.All(char.IsAsciiLetterUpper), "currency", $"currency is three capital letters by ISO 4217, as GBP, not {currency}.");
        checks.Require(currency != "USD", "currency", "Costs are kept in USD: name the other currency, with its units for one US dollar.");
        checks.Require(rate is >= LeastRate and <= MostRate, "rate", "rate is the units of the currency for one US dollar: 0.000001 to 1000000000.");
        checks.ThrowIfAny();
        return store.SetAsync(claims, currency, validFrom, rate, cancellationToken);
    }

    /// <summary>Takes a rate away: the one before it holds again.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.ExchangeRateNotFound"/>, <see cref="ErrorCode.Forbidden"/>.</exception>
    public async Task UnsetAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.ModelsManage);
        if (await store.DeleteAsync(claims, id, cancellationToken) == 0)
            throw new OvermindException(ErrorCode.ExchangeRateNotFound, $"There is no exchange rate {id}.");
    }
}
