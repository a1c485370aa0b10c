using System.Text;
using Microsoft.Extensions.Time.Testing;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;
using static Overmind.Tests.Models.Providers.ProviderCalls;

namespace Overmind.Tests.Models.Providers;

/// <summary>How long a provider is waited for, and how often it is asked.</summary>
public class ProviderPatienceTests
{
    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
}
