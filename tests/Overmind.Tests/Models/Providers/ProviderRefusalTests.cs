using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Models;
using static Overmind.Tests.Models.Providers.ProviderCalls;

namespace Overmind.Tests.Models.Providers;

/// <summary>What providers refuse, and how it is told.</summary>
public class ProviderRefusalTests
{
    [Theory]
    [InlineData(400, ErrorCode.ModelRequestRejected)]
    [InlineData(401, ErrorCode.ModelAuthenticationFailed)]
    [InlineData(402, ErrorCode.ModelQuotaExceeded)]
    [InlineData(403, ErrorCode.ModelAuthenticationFailed)]
    [InlineData(404, ErrorCode.ModelNotFound)]
    [InlineData(413, ErrorCode.ModelRequestRejected)]
    [InlineData(429, ErrorCode.ModelRateLimited)]
    [InlineData(500, ErrorCode.ModelOverloaded)]
    [InlineData(503, ErrorCode.ModelOverloaded)]
    [InlineData(529, ErrorCode.ModelOverloaded)]
    public async Task Each_refusal_has_its_code_and_what_the_provider_said(int status, ErrorCode code)
    {
        foreach (var kind in Enum.GetValues<ModelProviderKind>())
        {
            await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(kind).Error("it said so"), status));

            var plain = await FailAsync(() => Client(provider, kind, NoRetries).GetResponseAsync(Question, cancellationToken: Stop));
            var streamed = await FailAsync(() => StreamAsync(Client(provider, kind, NoRetries)));

            foreach (var failure in (ModelCallException[])[plain, streamed])
            {
                failure.Code.ShouldBe(code, $"{kind}");
                failure.Message.ShouldStartWith($"The provider 'fake' answered {status}: it said so. ");
                failure.AfterFirstToken.ShouldBeFalse();
            }
            provider.Requests.Count.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""", 429, ErrorCode.ModelQuotaExceeded)]
    [InlineData("""{"error":{"message":"No such model","type":"invalid_request_error","param":"model","code":"model_not_found"}}""", 403, ErrorCode.ModelNotFound)]
    [InlineData("""{"error":{"message":"Not allowed","type":"invalid_request_error","param":"prompt","code":"content_filter"}}""", 400, ErrorCode.ModelRefused)]
    [InlineData("""{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}""", 400, ErrorCode.ModelQuotaExceeded)]
    [InlineData("""{"object":"error","message":"no","type":"BadRequestError","param":null,"code":400}""", 400, ErrorCode.ModelRequestRejected)]
    [InlineData("<html>Bad gateway</html>", 502, ErrorCode.ModelOverloaded)]
    [InlineData("", 301, ErrorCode.ModelRequestRejected)]
    public async Task What_a_status_leaves_open_is_read_from_the_body(string body, int status, ErrorCode code)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(body, status));
        (await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Openai, NoRetries)))).Code.ShouldBe(code);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task Malformed_JSON_is_no_answer(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Json("{\"choices\": nonsense"), Replies.Stream(wire.ContentType, "event: message_start\ndata: {\"nonsense\n\n"));

        (await FailAsync(() => Client(provider, kind, NoRetries).GetResponseAsync(Question, cancellationToken: Stop))).Code.ShouldBe(ErrorCode.ModelBadResponse);
        (await FailAsync(() => StreamAsync(Client(provider, kind, NoRetries)))).Code.ShouldBeOneOf(ErrorCode.ModelBadResponse, ErrorCode.ModelInterrupted);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_key_that_the_provider_repeats_is_in_no_message(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(
            Wire.Of(kind).Error($"Incorrect API key provided: {FakeProvider.Secret}, or {FakeProvider.Secret[..12]}***{FakeProvider.Secret[^8..]}"), 401));

        var failure = await FailAsync(() => StreamAsync(Client(provider, kind)));

        failure.Message.ShouldContain("Incorrect API key provided: [key], or [key]***[key].");
        failure.ToString().ShouldNotContain(FakeProvider.Secret[..8]);
        failure.ToString().ShouldNotContain(FakeProvider.Secret[^6..]);
    }

    [Fact]
    public async Task A_model_that_takes_no_temperature_is_asked_without_and_that_is_remembered()
    {
        var wire = Wire.Of(ModelProviderKind.Openai);
        await using var provider = await FakeProvider.StartAsync(
            Replies.Json("""{"error":{"message":"Unsupported value","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""", 400), wire.Stream("In Peru."));
        var client = Client(provider, ModelProviderKind.Openai, NoRetries);

        for (var i = 0; i < 2; i++) await client.GetStreamingResponseAsync(Question, new ChatOptions { Temperature = 0.7f }, Stop).ToListAsync(Stop);

        provider.Requests.Select(r => r.Body.Contains("temperature")).ShouldBe([true, false, false]);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_stream_is_told_as_what_it_is()
    {
        var error = AnthropicWire.Event("error", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");
        await using var provider = await FakeProvider.StartAsync(Replies.Stream("text/event-stream", new AnthropicWire().Begin, new AnthropicWire().Delta("In "), error));
        var failure = await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Anthropic)));
        (failure.Code, failure.AfterFirstToken).ShouldBe((ErrorCode.ModelOverloaded, true));
        failure.Message.ShouldBe("The provider 'fake' broke off: Overloaded. Try again later, or choose another model.");
    }

    [Fact]
    public async Task What_a_filter_leaves_of_an_answer_is_no_answer()
    {
        const string choice = """{"id":"c1","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"In"},"finish_reason":"content_filter"}]}""";
        const string chunk = """{"id":"c1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}""";
        var wire = new OpenaiWire();
        await using var provider = await FakeProvider.StartAsync(
            Replies.Json(choice), Replies.Stream(wire.ContentType, wire.Begin, wire.Delta("In "), $"data: {chunk}\n\ndata: [DONE]\n\n"));
        var client = Client(provider, ModelProviderKind.Openai);

        (await FailAsync(() => client.GetResponseAsync(Question, cancellationToken: Stop))).Code.ShouldBe(ErrorCode.ModelRefused);
        (await FailAsync(() => StreamAsync(client))).Code.ShouldBe(ErrorCode.ModelRefused);
        provider.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_web_page_is_no_answer_and_nothing_to_try_again(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Stream("text/html; charset=utf-8", "<html>Sign in</html>"));
        var failure = await FailAsync(() => StreamAsync(Client(provider, kind)));
        failure.Code.ShouldBe(ErrorCode.ModelBadResponse);
        failure.Message.ShouldMatch("^The provider 'fake' answered something that is no answer: a web page. Check that .* is the address of its API.$");
        provider.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_redirection_is_told_with_where_it_leads_and_not_followed()
    {
        await using var provider = await FakeProvider.StartAsync(http =>
        {
            http.Response.Redirect("https://elsewhere.example/v1");
            return Task.CompletedTask;
        });
        var failure = await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Openai)));
        failure.Code.ShouldBe(ErrorCode.ModelBadResponse);
        failure.Message.ShouldContain("a redirection to https://elsewhere.example/v1. Check that");
        provider.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_long_wait_is_given_up_and_how_long_is_told()
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Openai).Error("slow down"), 429, retryAfter: "100"));
        (await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Openai)))).Message.ShouldEndWith(": slow down. Try again in 100 s, or raise the limit at the provider.");
        provider.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_provider_that_is_down_cannot_be_reached(ModelProviderKind kind)
    {
        var provider = await FakeProvider.StartAsync();
        await provider.DisposeAsync();
        var failure = await FailAsync(() => StreamAsync(Client(provider, kind, NoRetries)));
        failure.Code.ShouldBe(ErrorCode.ModelUnreachable);
        failure.Message.ShouldContain(provider.Url.Authority);
    }
}
