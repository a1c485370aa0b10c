namespace Overmind.Server.Tests.Usage;

public class ExchangeRateEndpointsTests(ApiServers servers)
{
    Api Admin => servers.Fast.Admin;

    [Fact]
    public async Task A_rate_is_set_put_right_listed_and_taken_away()
    {
        var made = (await Admin.PostAsync("/v1/exchange_rates", """{"currency": "CHF", "valid_from": "2026-01-01", "rate": "0.90"}""")).Expect(201).Json.ShouldBeA("exchange_rate");
        var righted = (await Admin.PostAsync("/v1/exchange_rates", """{"currency": "CHF", "valid_from": "2026-01-01", "rate": 0.91}""")).Expect(201);
        righted.Id.ShouldBe(made.GetProperty("id").GetGuid());

        var listed = (await servers.Fast.Viewer.GetAsync("/v1/exchange_rates?currency=CHF")).Expect(200).Json.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        (listed.GetProperty("rate").GetString(), listed.GetProperty("valid_from").GetString()).ShouldBe(("0.91", "2026-01-01"));

        (await Admin.DeleteAsync($"/v1/exchange_rates/{righted.Id}")).Expect(200).Json.GetProperty("object").GetString().ShouldBe("exchange_rate.deleted");
        (await Admin.DeleteAsync($"/v1/exchange_rates/{righted.Id}")).ExpectProblem(404, "exchange_rate_not_found");
    }

    [Theory]
    [InlineData("""{"currency": "USD", "valid_from": "2026-01-01", "rate": "1"}""", "invalid_value", "currency")]
    [InlineData("""{"currency": "pounds", "valid_from": "2026-01-01", "rate": "1"}""", "invalid_value", "currency")]
    [InlineData("""{"currency": "GBP", "valid_from": "tomorrow", "rate": "1"}""", "invalid_value", "valid_from")]
    [InlineData("""{"currency": "GBP", "valid_from": "2026-02-30", "rate": "1"}""", "invalid_value", "valid_from")]
    [InlineData("""{"currency": "GBP", "valid_from": "2026-01-01", "rate": "0"}""", "invalid_value", "rate")]
    [InlineData("""{"currency": "GBP", "valid_from": "2026-01-01", "rate": "-1"}""", "invalid_value", "rate")]
    [InlineData("""{"currency": "GBP", "valid_from": "2026-01-01"}""", "missing_field", "rate")]
    public async Task A_rate_that_cannot_be_is_refused(string body, string code, string param) =>
        (await Admin.PostAsync("/v1/exchange_rates", body)).ExpectProblem(422, code, param);
}
