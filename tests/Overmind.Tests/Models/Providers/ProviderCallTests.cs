using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Providers;
using Overmind.Testing;

namespace Overmind.Tests.Models.Providers;

/// <summary>Each provider's library over a real socket, in its own wire format.</summary>
public class ProviderCallTests
{
    static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Where is Lima?")];

    static readonly ModelProviderSettings NoRetries = new() { MaxRetries = 0 };

    public static TheoryData<ModelProviderKind> Kinds { get; } = new(Enum.GetValues<ModelProviderKind>());

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_plain_answer_comes_with_its_counts(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(kind).Plain("In Peru.")));

        var response = await Client(provider, kind).GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 100, Temperature = 0.5f }, Stop);

        response.Text.ShouldBe("In Peru.");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        ShouldCount(kind, response.Usage!);
        Raw(kind, (JsonObject)response.AdditionalProperties![RawUsage.Name]!).ShouldBe(7);
        var request = provider.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe(Wire.Of(kind).Path);
        request.Body.ShouldContain("Where is Lima?");
        request.Headers[kind is ModelProviderKind.Anthropic ? "x-api-key" : "Authorization"].ShouldEndWith(FakeProvider.Secret);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_streamed_answer_comes_piece_by_piece_with_its_counts(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream("In ", "Peru", ", \"Lima\" – 秘鲁."));

        var updates = await Client(provider, kind).GetStreamingResponseAsync(Question, new ChatOptions { MaxOutputTokens = 100 }, Stop).ToListAsync(Stop);

        updates.Select(u => u.Text).Where(t => t.Length > 0).ShouldBe(["In ", "Peru", ", \"Lima\" – 秘鲁."]);
        updates.ShouldContain(u => u.FinishReason == ChatFinishReason.Stop);
        ShouldCount(kind, Usage(updates));
        var last = updates.SelectMany(u => u.Contents.OfType<UsageContent>()).Last();
        Raw(kind, (JsonObject)last.AdditionalProperties![RawUsage.Name]!).ShouldBe(7);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_call_of_a_tool_comes_with_its_arguments(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Json(wire.Tool), Replies.Stream(wire.ContentType, wire.ToolEvents));
        var tool = AIFunctionFactory.Create((string city) => "sunny", "weather", "The weather in a city");
        var options = new ChatOptions { Tools = [tool], MaxOutputTokens = 100 };

        var plain = (await Client(provider, kind).GetResponseAsync(Question, options, Stop)).Messages.SelectMany(m => m.Contents);
        var streamed = (await Client(provider, kind).GetStreamingResponseAsync(Question, options, Stop).ToListAsync(Stop)).SelectMany(u => u.Contents);

        foreach (var call in (FunctionCallContent[])[plain.OfType<FunctionCallContent>().ShouldHaveSingleItem(), streamed.OfType<FunctionCallContent>().ShouldHaveSingleItem()])
        {
            call.Name.ShouldBe("weather");
            call.Arguments!["city"]!.ToString().ShouldBe("Lima");
        }
        provider.Requests.ShouldAllBe(r => r.Body.Contains("\"weather\""));
    }

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
    [MemberData(nameof(Kinds))]
    public async Task Malformed_JSON_is_no_answer(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Json("{\"choices\": nonsense"), Replies.Stream(wire.ContentType, "event: message_start\ndata: {\"nonsense\n\n"));

        (await FailAsync(() => Client(provider, kind, NoRetries).GetResponseAsync(Question, cancellationToken: Stop))).Code.ShouldBe(ErrorCode.ModelBadResponse);
        (await FailAsync(() => StreamAsync(Client(provider, kind, NoRetries)))).Code.ShouldBeOneOf(ErrorCode.ModelBadResponse, ErrorCode.ModelInterrupted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_stream_that_breaks_off_is_told_with_what_had_come(ModelProviderKind kind)
    {
        var read = new TaskCompletionSource();
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ", "Pe").ThenBreak(read.Task));
        var text = new StringBuilder();
        var call = StreamAsync(Client(provider, kind), text);
        await Poll.UntilAsync(() => text.Length == 5);

        read.SetResult();

        var failure = await FailAsync(() => call);

        (failure.Code, failure.AfterFirstToken).ShouldBe((ErrorCode.ModelInterrupted, true));
        text.ToString().ShouldBe("In Pe");
        provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_stream_that_ends_without_its_end_broke_off(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ", "Pe"));
        (await FailAsync(() => StreamAsync(Client(provider, kind)))).Code.ShouldBe(ErrorCode.ModelInterrupted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_connection_that_breaks_before_the_first_token_is_made_again(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(wire.Part().ThenBreak(), wire.Stream("In Peru."));
        var time = new FakeTimeProvider();
        var text = new StringBuilder();

        await AdvanceAsync(time, StreamAsync(Client(provider, kind, time: time), text));

        text.ToString().ShouldBe("In Peru.");
        provider.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_first_token_that_does_not_come_is_given_up_and_the_provider_sees_the_caller_leave(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part().ThenHang());
        var time = new FakeTimeProvider();
        var call = StreamAsync(Client(provider, kind, new() { FirstTokenTimeout = 30 }, time));
        await Poll.UntilAsync(() => !provider.Requests.IsEmpty);

        time.Advance(TimeSpan.FromSeconds(31));

        var failure = await FailAsync(() => call);
        (failure.Code, failure.AfterFirstToken).ShouldBe((ErrorCode.ModelTimedOut, false));
        failure.Message.ShouldContain("30 s (first_token_timeout)");
        await provider.Left.Task.WaitAsync(Stop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_that_stands_still_is_given_up(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ").ThenHang());
        var time = new FakeTimeProvider();
        var text = new StringBuilder();
        var call = StreamAsync(Client(provider, kind, new() { BetweenTokensTimeout = 5 }, time), text);
        await Poll.UntilAsync(() => text.Length > 0);

        await AdvanceAsync(time, call.ContinueWith(_ => { }, TaskScheduler.Default));

        var failure = await FailAsync(() => call);
        (failure.Code, failure.AfterFirstToken).ShouldBe((ErrorCode.ModelTimedOut, true));
        failure.Message.ShouldContain("5 s in the middle of its answer (between_tokens_timeout)");
        await provider.Left.Task.WaitAsync(Stop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_plain_call_is_given_up_after_its_whole_time(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Hang);
        var time = new FakeTimeProvider();
        var call = Client(provider, kind, new() { CallTimeout = 20 }, time).GetResponseAsync(Question, cancellationToken: Stop);
        await Poll.UntilAsync(() => !provider.Requests.IsEmpty);

        time.Advance(TimeSpan.FromSeconds(21));

        var failure = await FailAsync(() => call);
        failure.Code.ShouldBe(ErrorCode.ModelTimedOut);
        failure.Message.ShouldContain("20 s (call_timeout)");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_caller_who_leaves_closes_the_connection_in_the_middle_of_the_answer(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ").ThenHang());
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Client(provider, kind).GetStreamingResponseAsync(Question, cancellationToken: leave.Token))
                if (update.Text.Length > 0) await leave.CancelAsync();
        });

        await provider.Left.Task.WaitAsync(Stop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_caller_who_stops_reading_closes_the_connection(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ").ThenHang());

        await foreach (var update in Client(provider, kind).GetStreamingResponseAsync(Question, cancellationToken: Stop))
            if (update.Text.Length > 0) break;

        await provider.Left.Task.WaitAsync(Stop);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_of_10_MB_comes_whole(ModelProviderKind kind)
    {
        var piece = new string('x', 64 * 1024);
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream(Enumerable.Repeat(piece, 160)), Replies.Json(Wire.Of(kind).Plain(new string('y', 10 * 1024 * 1024))));
        var text = new StringBuilder();

        await StreamAsync(Client(provider, kind), text);

        text.Length.ShouldBe(160 * 64 * 1024);
        (await Client(provider, kind).GetResponseAsync(Question, cancellationToken: Stop)).Text.Length.ShouldBe(10 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_rate_limit_is_waited_for_as_long_as_the_provider_asks(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Json(wire.Error("slow down"), 429, retryAfter: "7"), wire.Stream("In Peru."));
        var time = new FakeTimeProvider();
        var started = time.GetUtcNow();
        var text = new StringBuilder();

        await AdvanceAsync(time, StreamAsync(Client(provider, kind, time: time), text));

        text.ToString().ShouldBe("In Peru.");
        (time.GetUtcNow() - started).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
        provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_asks_for_a_long_pause_is_given_up_at_once_and_the_caller_hears_how_long()
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Openai).Error("slow down"), 429, retryAfter: "3600"));

        var failure = await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Openai)));

        (failure.Code, failure.RetryAfter).ShouldBe((ErrorCode.ModelRateLimited, TimeSpan.FromHours(1)));
        provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_overloaded_provider_is_asked_three_times_and_a_refused_key_once()
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Openai).Error("busy"), 503));
        var time = new FakeTimeProvider();
        var call = StreamAsync(Client(provider, ModelProviderKind.Openai, time: time));
        await AdvanceAsync(time, call.ContinueWith(_ => { }, TaskScheduler.Default));
        (await FailAsync(() => call)).Code.ShouldBe(ErrorCode.ModelOverloaded);
        provider.Requests.Count.ShouldBe(3);

        await using var strict = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Openai).Error("no"), 401));
        await FailAsync(() => StreamAsync(Client(strict, ModelProviderKind.Openai)));
        strict.Requests.Count.ShouldBe(1);
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

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_key_that_the_provider_repeats_is_in_no_message(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(
            Wire.Of(kind).Error($"Incorrect API key provided: {FakeProvider.Secret}, or {FakeProvider.Secret[..12]}***{FakeProvider.Secret[^8..]}"), 401));

        var failure = await FailAsync(() => StreamAsync(Client(provider, kind)));

        failure.Message.ShouldContain("Incorrect API key provided: [key], or [key]***[key].");
        failure.ToString().ShouldNotContain(FakeProvider.Secret[..8]);
        failure.ToString().ShouldNotContain(FakeProvider.Secret[^6..]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_key_none_is_sent(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream("In Peru."));
        await StreamAsync(new ProviderClient(provider.Connection(kind, secret: null), TimeProvider.System).Chat("m"));
        provider.Requests.ShouldHaveSingleItem().Headers.Keys.ShouldNotContain(name => name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_provider_that_is_down_cannot_be_reached(ModelProviderKind kind)
    {
        var provider = await FakeProvider.StartAsync();
        await provider.DisposeAsync();
        var failure = await FailAsync(() => StreamAsync(Client(provider, kind, NoRetries)));
        failure.Code.ShouldBe(ErrorCode.ModelUnreachable);
        failure.Message.ShouldContain(provider.Url.Authority);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_stream_is_told_as_what_it_is()
    {
        var error = AnthropicWire.Event("error", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");
        await using var provider = await FakeProvider.StartAsync(Replies.Stream("text/event-stream", new AnthropicWire().Begin, new AnthropicWire().Delta("In "), error));
        var failure = await FailAsync(() => StreamAsync(Client(provider, ModelProviderKind.Anthropic)));
        (failure.Code, failure.AfterFirstToken).ShouldBe((ErrorCode.ModelOverloaded, true));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Models_are_listed_as_the_provider_lists_them(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(kind).Models), Replies.Json("[]"), Replies.Json("{"), Replies.Json("", 401));
        var client = new ProviderClient(provider.Connection(kind), TimeProvider.System);

        (await client.ListAsync(Stop)).Select(m => m.Id).ShouldContain("fake/chat-mini");

        foreach (var code in (ErrorCode[])[ErrorCode.ModelBadResponse, ErrorCode.ModelBadResponse, ErrorCode.ModelAuthenticationFailed])
            (await FailAsync(() => client.ListAsync(Stop))).Code.ShouldBe(code);
    }

    static IChatClient Client(FakeProvider provider, ModelProviderKind kind, ModelProviderSettings? settings = null, TimeProvider? time = null) =>
        new ProviderClient(provider.Connection(kind, settings), time ?? TimeProvider.System).Chat("m");

    static async Task StreamAsync(IChatClient client, StringBuilder? text = null)
    {
        await foreach (var update in client.GetStreamingResponseAsync(Question, cancellationToken: Stop)) text?.Append(update.Text);
    }

    static Task<ModelCallException> FailAsync(Func<Task> call) => Should.ThrowAsync<ModelCallException>(call);

    /// <summary>Lets the clock run until the call is over.</summary>
    static async Task AdvanceAsync(FakeTimeProvider time, Task call)
    {
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(5), Stop));
        }

        await call;
    }

    static UsageDetails Usage(IEnumerable<ChatResponseUpdate> updates)
    {
        var usage = new UsageDetails();
        foreach (var content in updates.SelectMany(u => u.Contents.OfType<UsageContent>())) usage.Add(content.Details);
        return usage;
    }

    static void ShouldCount(ModelProviderKind kind, UsageDetails usage)
    {
        usage.InputTokenCount.ShouldBe(21);
        usage.OutputTokenCount.ShouldBe(7);
        usage.CachedInputTokenCount.ShouldBe(kind is ModelProviderKind.Ollama ? null : 5);
        usage.ReasoningTokenCount.ShouldBe(kind is ModelProviderKind.Openai ? 3 : null);
    }

    static long Raw(ModelProviderKind kind, JsonObject usage) => usage[kind switch
    {
        ModelProviderKind.Openai => "completion_tokens",
        ModelProviderKind.Anthropic => "output_tokens",
        _ => "eval_count",
    }]!.GetValue<long>();
}
