using System.Text;
using Microsoft.Extensions.Time.Testing;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;
using static Overmind.Tests.Models.Providers.ProviderCalls;

namespace Overmind.Tests.Models.Providers;

/// <summary>Connections that break off, and callers who leave.</summary>
public class ProviderConnectionTests
{
    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_stream_that_ends_without_its_end_broke_off(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ", "Pe"));
        (await FailAsync(() => StreamAsync(Client(provider, kind)))).Code.ShouldBe(ErrorCode.ModelInterrupted);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
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
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_caller_who_stops_reading_closes_the_connection(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Part("In ").ThenHang());

        await foreach (var update in Client(provider, kind).GetStreamingResponseAsync(Question, cancellationToken: Stop))
            if (update.Text.Length > 0) break;

        await provider.Left.Task.WaitAsync(Stop);
    }
}
