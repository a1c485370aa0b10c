using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class PlaygroundTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_prompt_goes_to_the_model_as_it_is_and_stands_in_the_ledger()
    {
        var model = new FakeModel((_, _) => new[] { "Hello ", "world." }.ToAsyncEnumerable());
        await using var host = await stage.HostAsync(model);
        var call = new PlaygroundCall { Prompt = "Say hello.", Model = ModelReference.Offline };

        var updates = await AskAsync(host, call);

        string.Concat(updates.Select(u => u.Text)).ShouldBe("Hello world.");
        model.Calls.ShouldHaveSingleItem().Prompt.ShouldContain("Say hello.");
        var result = updates[^1].Result!;
        (result.Error, result.FormatError, result.TokensInput, result.TokensOutput, result.CostUsd, result.IsEstimated).ShouldBe((null, null, 100, 20, 0, false));
        updates.SkipLast(1).ShouldAllBe(u => u.Result == null);
        (await LedgerAsync(call)).ShouldBe("settled 100 20 f");
    }

    [Fact]
    public async Task An_agent_is_asked_as_in_a_run_and_its_format_counts()
    {
        var model = new FakeModel(_ => "One line.");
        await using var host = await stage.HostAsync(model);
        var agent = await stage.Database.ScalarAsync<Guid>("select id from agent_configurations where organization_id = $1 and key = 'creative'", stage.User.OrganizationId!.Value);

        var broken = await AskAsync(host, new PlaygroundCall { Prompt = "Why is the sky blue?", Model = ModelReference.Offline, AgentId = agent });
        broken[^1].Result!.FormatError!.ShouldContain("exactly four lines");
        model.Calls.Last().Part.ShouldBe("creative");

        model.Answer = (_, _) => new[] { "1. a\n2. b\n3. c\n4. d" }.ToAsyncEnumerable();
        var kept = await AskAsync(host, new PlaygroundCall { Prompt = "Why is the sky blue?", Model = ModelReference.Offline, AgentId = agent });
        kept[^1].Result!.FormatError.ShouldBeNull();
    }

    [Fact]
    public async Task A_call_that_is_stopped_ends_at_once_and_is_settled_by_estimate()
    {
        var ended = new TaskCompletionSource();
        var model = new FakeModel((_, cancelled) => EndlessAsync(ended, cancelled)) { Usage = null };
        await using var host = await stage.HostAsync(model);
        using var stop = new CancellationTokenSource();
        var call = new PlaygroundCall { Prompt = "Count.", Model = FakeModel.Unpriced };
        PlaygroundResult? result = null;

        await foreach (var update in host.Services.GetRequiredService<PlaygroundService>().AskAsync(stage.User, call, stop.Token))
        {
            if (update.Text.Length > 0) await stop.CancelAsync();
            result = update.Result;
        }

        await ended.Task;
        (result!.IsStopped, result.Error, result.IsEstimated, result.CostUsd).ShouldBe((true, null, true, null));
        (await LedgerAsync(call)).ShouldBe("settled 2 1 t");
    }

    [Fact]
    public async Task A_reader_that_goes_away_stops_the_call_too()
    {
        var ended = new TaskCompletionSource();
        var model = new FakeModel((_, cancelled) => EndlessAsync(ended, cancelled)) { Usage = null };
        await using var host = await stage.HostAsync(model);
        var call = new PlaygroundCall { Prompt = "Count.", Model = ModelReference.Offline };

        await foreach (var update in host.Services.GetRequiredService<PlaygroundService>().AskAsync(stage.User, call, CancellationToken.None))
            if (update.Text.Length > 0) break;

        await ended.Task;
        (await LedgerAsync(call)).ShouldStartWith("settled");
    }

    [Fact]
    public async Task A_call_whose_server_died_is_settled_by_estimate_and_any_other_stays_as_it_is()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => "Done."));
        var done = new PlaygroundCall { Prompt = "One.", Model = ModelReference.Offline };
        await AskAsync(host, done);
        var lost = new PlaygroundCall { Prompt = "Two.", Model = ModelReference.Offline };
        var (store, now) = (host.Services.GetRequiredService<PlaygroundStore>(), TimeProvider.System.GetUtcNow());
        var reserved = new ReservedCall { Id = lost.Id, What = "playground", Model = lost.Model, PromptTokens = 7 };
        await store.ReserveAsync(stage.User, reserved, now.AddMinutes(15), CancellationToken.None);
        await store.SettleAbandonedAsync(now, CancellationToken.None);
        (await LedgerAsync(lost)).ShouldStartWith("reserved");

        (await store.SettleAbandonedAsync(now.AddMinutes(16), CancellationToken.None)).ShouldBe(1);

        (await LedgerAsync(lost)).ShouldBe("settled 7 0 t");
        (await LedgerAsync(done)).ShouldBe("settled 100 20 f");
    }

    [Fact]
    public async Task What_fails_says_why_and_what_is_refused_is_never_called()
    {
        var model = new FakeModel((_, _) => throw new InvalidOperationException("It is down."));
        await using var host = await stage.HostAsync(model);
        var call = new PlaygroundCall { Prompt = "Hello?", Model = ModelReference.Offline };
        (await AskAsync(host, call))[^1].Result!.Error.ShouldBe("offline/offline failed: It is down.");
        (await LedgerAsync(call)).ShouldBe("settled 0 0 f");

        var before = await stage.Database.ScalarAsync<long>("select count(*) from token_usage");
        foreach (var (refused, code, param) in new[]
        {
            (call with { Model = new ModelReference("nobody", "m") }, ErrorCode.ModelUnavailable, "model"),
            (call with { Prompt = "" }, ErrorCode.InvalidValue, "prompt"),
            (call with { Temperature = 2.5 }, ErrorCode.InvalidValue, "temperature"),
            (call with { MaxTokens = 0 }, ErrorCode.InvalidValue, "max_tokens"),
            (call with { AgentId = Guid.CreateVersion7() }, ErrorCode.AgentNotFound, null),
        })
        {
            var error = await Should.ThrowAsync<OvermindException>(() => AskAsync(host, refused));
            (error.Code, error.Param).ShouldBe((code, param));
        }

        (await stage.Database.ScalarAsync<long>("select count(*) from token_usage")).ShouldBe(before);
    }

    async Task<IReadOnlyList<PlaygroundUpdate>> AskAsync(RunHost host, PlaygroundCall call) =>
        await host.Services.GetRequiredService<PlaygroundService>().AskAsync(stage.User, call, CancellationToken.None).ToListAsync();

    Task<string> LedgerAsync(PlaygroundCall call) => stage.Database.ScalarAsync<string>(
        "select concat_ws(' ', status, tokens_input, tokens_output, is_estimated) from token_usage where id = $1", call.Id);

    static async IAsyncEnumerable<string> EndlessAsync(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancelled)
    {
        try
        {
            yield return "One";
            await Task.Delay(Timeout.Infinite, cancelled);
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}
