using Overmind.Tests.Postgres;

namespace Overmind.Tests.Usage;

public class PriceTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Theory]
    [InlineData("openai", "gpt-4-turbo", 5000, 800, "0.074")]
    [InlineData("openai", "GPT-4-Turbo-2024-04-09", 1, 0, "0.00001")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", 1000, 1, "0.003015")]
    [InlineData("xai", "grok-4", 1000, 1000, "0.018")]
    [InlineData("azure", "claude-sonnet-4-5", 1000, 0, "0.003")]
    [InlineData("offline", "offline", 1_000_000, 1_000_000, "0")]
    [InlineData("builtin", "glove-ngram-v1", 1000, 0, "0")]
    public async Task The_catalogue_knows_what_models_cost_by_their_names_and_aliases(string provider, string model, long input, long output, string cost) =>
        (await CostAsync("select estimate_cost_usd($1, $2, $3, $4)", model, provider, input, output)).ShouldBe(Decimal(cost));

    [Theory]
    [InlineData("gpt-4-turbo", "0.074")]
    [InlineData("claude-3-opus-20240229", "0.135")]
    public async Task A_model_that_is_named_without_its_provider_is_known_by_its_name(string model, string cost) =>
        (await CostAsync("select calculate_token_cost($1, 5000, 800)", model)).ShouldBe(Decimal(cost));

    [Fact]
    public async Task What_has_no_price_costs_null_and_never_0()
    {
        (await CostAsync("select estimate_cost_usd('made-up', 'openai', 5000, 800)")).ShouldBeNull();
        (await CostAsync("select estimate_cost_usd('gpt-4-turbo', 'made-up', 5000, 800)")).ShouldBeNull();
        (await CostAsync("select estimate_cost_usd('gpt-4-turbo', 'openai', null, 800)")).ShouldBeNull();
        (await CostAsync("select calculate_token_cost('made-up', 0, 0)")).ShouldBeNull();
        // It is sold by the token, and says nothing of what a search costs.
        (await PriceAsync("openai", "gpt-4-turbo", """{"tokens_input": 10, "tokens_output": 1, "web_searches": 1}""")).ShouldBeNull();
    }

    [Fact]
    public async Task Less_than_no_tokens_are_refused() =>
        (await data.RefusedAsync(data.Me, "select estimate_cost_usd('gpt-4-turbo', 'openai', -1, 0)")).ShouldBe("22023");

    [Theory]
    [InlineData("""{"tokens_input": 1000, "tokens_output": 100, "tokens_cached": 400}""", "0.00342")]
    [InlineData("""{"tokens_input": 1000, "tokens_output": 100, "tokens_cache_write": 400}""", "0.0048")]
    [InlineData("""{"tokens_input": 1000, "tokens_output": 100, "tokens_cache_write_1h": 400}""", "0.0057")]
    [InlineData("""{"tokens_input": 1000, "tokens_output": 100, "tokens_reasoning": 60, "web_searches": 2}""", "0.0245")]
    [InlineData("""{"tokens_input": 1000, "tokens_output": 100, "tokens_image_input": 500, "tokens_audio_output": 10}""", "0.0045")]
    public async Task Each_kind_of_token_costs_its_own_and_without_one_what_it_is_a_part_of(string used, string cost) =>
        (await PriceAsync("anthropic", "claude-sonnet-4-0", used)).ShouldBe(Decimal(cost));

    [Fact]
    public async Task All_tokens_of_a_long_prompt_cost_the_longs_price_from_one_above_the_border_on()
    {
        (await PriceAsync("google", "gemini-2.5-pro", """{"tokens_input": 200000, "tokens_output": 10}""")).ShouldBe(0.2501m);
        (await PriceAsync("google", "gemini-2.5-pro", """{"tokens_input": 200001, "tokens_output": 10}""")).ShouldBe(0.5001525m);
    }

    [Fact]
    public async Task A_call_of_last_year_costs_what_it_cost_then()
    {
        (await PriceAsync("openai", "o3", """{"tokens_input": 1000, "tokens_output": 1000}""", "2025-06-09 23:59:59.999")).ShouldBe(0.05m);
        (await PriceAsync("openai", "o3", """{"tokens_input": 1000, "tokens_output": 1000}""", "2025-06-10")).ShouldBe(0.01m);
    }

    [Theory]
    [InlineData("2026-05-01 00:29:59", "0.000685")]
    [InlineData("2026-05-01 00:30:00", "0.00137")]
    [InlineData("2026-05-01 16:29:59", "0.00137")]
    [InlineData("2026-05-01 16:30:00", "0.000685")]
    public async Task A_price_of_a_time_of_the_day_goes_by_UTC(string at, string cost) =>
        (await PriceAsync("deepseek", "deepseek-chat", """{"tokens_input": 1000, "tokens_output": 1000}""", at)).ShouldBe(Decimal(cost));

    [Fact]
    public async Task A_refused_call_costs_nothing_also_of_a_model_without_a_price() =>
        (await PriceAsync("made-up", "made-up", """{"tokens_input": 0, "tokens_output": 0, "outcome": "failed"}""")).ShouldBe(0);

    [Fact]
    public async Task An_organizations_own_price_goes_first_and_is_no_other_organizations()
    {
        await data.DoAsync(data.First.Admin, "insert into price_overrides (provider, model, input_price, output_price) values ('openai', 'gpt-4o', 0.000001, 0.000002), ('vllm', '*', 0, 0)");
        await data.DoAsync(data.First.Admin, "insert into price_overrides (provider, model, service_tier, input_price, output_price) values ('openai', 'gpt-4o', 'priority', 0.000003, 0.000004)");

        (await CostAsync("select estimate_cost_usd('gpt-4o', 'openai', 1000, 1000)")).ShouldBe(0.003m);
        (await PriceAsync("openai", "gpt-4o", """{"tokens_input": 1000, "tokens_output": 1000, "service_tier": "priority"}""")).ShouldBe(0.007m);
        (await CostAsync("select estimate_cost_usd('llama', 'vllm', 1000, 1000)")).ShouldBe(0);
        (await data.OneAsync<decimal?>(data.Second.User, "select estimate_cost_usd('gpt-4o', 'openai', 1000, 1000)")).ShouldBe(0.0125m);
        (await data.OneAsync<decimal?>(data.Second.User, "select estimate_cost_usd('llama', 'vllm', 1000, 1000)")).ShouldBeNull();
    }

    [Fact]
    public async Task A_connection_of_another_name_is_known_by_its_address()
    {
        await data.DoAsync(data.First.Admin, "insert into model_providers (key, kind, base_url) values ('work', 'openai', 'https://api.openai.com/v1'), ('proxy', 'openai', 'https://openai.example/v1')");
        (await CostAsync("select estimate_cost_usd('gpt-4-turbo', 'work', 5000, 800)")).ShouldBe(0.074m);
        (await CostAsync("select estimate_cost_usd('gpt-4-turbo', 'proxy', 5000, 800)")).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", "openai")]
    [InlineData("https://work.openai.azure.com/openai", "azure")]
    [InlineData("http://azure-api.net", "azure")]
    [InlineData("https://bedrock-runtime.eu-west-1.amazonaws.com", "aws")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta", "google")]
    [InlineData("https://api.minimax.io/v1", "minimax")]
    [InlineData("https://api.minimaxi.com/v1", "minimax")]
    [InlineData("https://api.openrouter.ai/api/v1", "openrouter")]
    [InlineData("https://openrouter.ai/api/v1", "openrouter")]
    [InlineData("https://work--model.modal.run/", "modal")]
    [InlineData("https://router.huggingface.co/groq/openai/v1", "huggingface_groq")]
    [InlineData("https://openai.example/v1", null)]
    public async Task An_address_begins_as_its_providers_addresses_do(string address, string? provider) =>
        (await data.OneAsync<string>(
            data.Me, "select coalesce(string_agg(key || ' ' || starts_with($1, url_beginning), ', '), '') from registry_providers where $1 ~ url_pattern", address))
            .ShouldBe(provider is null ? "" : $"{provider} true");

    [Theory]
    [InlineData("input_price", "-0.000001", "23514")]
    [InlineData("input_price", "'NaN'", "23514")]
    [InlineData("input_price", "10", "23514")]
    public async Task A_price_that_cannot_be_is_refused(string column, string amount, string state) =>
        (await data.RefusedAsync(data.First.Admin, $"insert into price_overrides (provider, model, {column}) values ('openai', 'absurd', {amount})")).ShouldBe(state);

    [Theory]
    [InlineData("valid_from", "'2026-06-01'", "23P01")]
    [InlineData("valid_from, valid_to", "'2025-01-01', '2026-01-01'", null)]
    [InlineData("service_tier", "'batch'", null)]
    [InlineData("context_above", "128000", null)]
    [InlineData("time_from, time_to", "'22:00', '06:00'", null)]
    public async Task Two_prices_of_the_same_moment_are_refused(string columns, string values, string? state)
    {
        var model = $"overlap-{Guid.CreateVersion7()}";
        await data.DoAsync(data.First.Admin, "insert into price_overrides (provider, model, input_price, valid_from) values ('openai', $1, 0.000001, '2026-01-01')", model);
        var second = $"insert into price_overrides (provider, model, input_price, {columns}) values ('openai', $1, 0.000002, {values})";
        if (state is null)
        {
            (await data.DoAsync(data.First.Admin, second, model)).ShouldBe(1);
            state = "23P01";
        }

        (await data.RefusedAsync(data.First.Admin, second, model)).ShouldBe(state);
    }

    [Fact]
    public async Task Only_who_manages_models_sets_prices()
    {
        (await data.RefusedAsync(data.Me, "insert into price_overrides (provider, model, input_price) values ('openai', 'mine', 0)")).ShouldBe("42501");
        (await data.RefusedAsync(data.First.Admin, "update model_prices set input_price = 0")).ShouldBe("42501");
    }

    [Fact]
    public async Task The_version_of_the_catalogue_is_noted_and_each_price_has_the_id_that_it_has_everywhere()
    {
        (await data.Owner.ScalarAsync<long>("select count(*) from overmind.price_catalogue where version >= '2026-11-26'")).ShouldBe(1);
        (await data.Owner.ScalarAsync<Guid>("select id from model_prices where provider = 'offline'")).ShouldBe(new Guid("b8c5431c-325d-f2e3-3ba5-94f08f923ae5"));
    }

    Task<decimal?> CostAsync(string sql, params object?[] parameters) => data.OneAsync<decimal?>(data.Me, sql, parameters);

    Task<decimal?> PriceAsync(string provider, string model, string used, string at = "2026-10-01") => CostAsync(
        """
        select (overmind.price_usage(jsonb_populate_record(null::token_usage, $3::jsonb || jsonb_build_object(
            'organization_id', overmind.org_id(), 'provider', $1::text, 'model', $2::text, 'created_at', $4 || 'Z')))).cost
        """, provider, model, used, at);

    static decimal Decimal(string amount) => decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
}
