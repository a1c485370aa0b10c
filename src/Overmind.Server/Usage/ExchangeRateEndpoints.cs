using System.Globalization;
using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Usage;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/exchange_rates</c>.</summary>
sealed class ExchangeRateEndpoints(ExchangeRateService rates)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/exchange_rates", SetAsync);
        routes.Get("/v1/exchange_rates", ListAsync);
        routes.Delete("/v1/exchange_rates/{exchange_rate_id}", UnsetAsync);
    }

    async Task SetAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (currency, validFrom) = (body.RequiredText("currency"), Day(body.RequiredText("valid_from")));
        var rate = body.Amount("rate") ?? throw new OvermindException(ErrorCode.MissingField, "rate is missing: the units of the currency for one US dollar.", "rate");
        body.End();
        var set = await rates.SetAsync(caller.Claims, currency, validFrom, rate, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status201Created, set, ServerJson.Default.ExchangeRate);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("currency");
        var found = await rates.ListAsync(caller.Claims, http.Request.TextParameter("currency"), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<ExchangeRate>.Of(found, r => r.Id), ServerJson.Default.ListResponseExchangeRate);
    }

    async Task UnsetAsync(HttpContext http, Caller caller)
    {
        var id = http.ExchangeRateId();
        await rates.UnsetAsync(caller.Claims, id, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "exchange_rate.deleted"), ServerJson.Default.DeletedResponse);
    }

    static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new OvermindException(ErrorCode.InvalidValue, $"valid_from is a day as 2026-11-26, not {text}.", "valid_from");
}
