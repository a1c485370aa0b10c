using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Tests.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

public class ResponseCacheTests(CacheStage stage) : IClassFixture<CacheStage>
{
    [Fact]
    public async Task The_same_request_gets_the_same_answer_which_costs_nothing_and_says_so()
    {
        var model = CacheStage.Numbered();
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");

        var asked = await stage.AskAsync(host, prompt, CacheStage.Exact);
        var given = await stage.AskAsync(host, prompt, CacheStage.Exact);

        (asked.Status, asked.Text, asked.Result.Cache).ShouldBe((CacheStatus.Miss, "This is answer 1 😀.", null));
        (given.Status, given.Text, given.Result.Cache).ShouldBe((CacheStatus.Hit, "This is answer 1 😀.", CacheHitKind.Exact));
        (given.Result.TokensInput, given.Result.TokensOutput, given.Result.CostUsd, given.Result.Error).ShouldBe((0, 0, 0, null));
        model.Calls.Count.ShouldBe(1);
        (await stage.LedgerAsync(asked)).ShouldBe("settled succeeded 100 20 0.0016");
        (await stage.LedgerAsync(given)).ShouldBe("settled cached 0 0 0");
        (await stage.LookupAsync(asked)).ShouldBe("miss 0");
        (await stage.LookupAsync(given)).ShouldBe("exact 120 0.0016");
    }

    [Fact]
    public async Task A_hit_of_a_model_without_a_price_costs_nothing_and_not_nobody_knows_how_much()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var prompt = CacheStage.Fresh("Say something.");
        await stage.AskAsync(host, prompt, CacheStage.Exact, otherwise: c => c with { Model = FakeModel.Unpriced });

        var given = await stage.AskAsync(host, prompt, CacheStage.Exact, otherwise: c => c with { Model = FakeModel.Unpriced });

        (await stage.LedgerAsync(given)).ShouldBe("settled cached 0 0 0");
        (await stage.LookupAsync(given)).ShouldBe("exact 120");
        (await stage.Database.ScalarAsync<decimal>("select (overmind.price_usage(u)).cost from token_usage u where id = $1", given.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_kept_or_given_unless_somebody_asked_for_it()
    {
        var model = CacheStage.Numbered();
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");

        var first = await stage.AskAsync(host, prompt, null);
        (await stage.AskAsync(host, prompt, null)).Status.ShouldBe(CacheStatus.Off);
        await stage.AskAsync(host, prompt, CacheStage.Exact with { NoStore = true });
        await stage.AskAsync(host, prompt, CacheStage.Exact with { Mode = CacheMode.Off });

        model.Calls.Count.ShouldBe(4);
        (await stage.LookupAsync(first)).ShouldBeNull();
        (await stage.Database.ScalarAsync<long>("select count(*) from ai_response_cache where response_content like 'This is answer%' and cache_key in (select $1)", prompt)).ShouldBe(0);
    }

    [Fact]
    public async Task Each_part_of_a_request_that_may_change_its_answer_is_part_of_what_is_looked_for()
    {
        var model = CacheStage.Numbered();
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");
        await stage.AskAsync(host, prompt, CacheStage.Exact);

        (await stage.AskAsync(host, prompt + " ", CacheStage.Exact)).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact, otherwise: c => c with { Model = FakeModel.Unpriced })).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact, otherwise: c => c with { Temperature = 0 })).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact, otherwise: c => c with { MaxTokens = 10 })).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact with { QualityTier = "draft" })).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact, stage.Second.User)).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact, stage.First.Admin)).Status.ShouldBe(CacheStatus.Hit);
        model.Calls.Count.ShouldBe(7);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_broken_off_or_empty_is_not_given_again()
    {
        var model = new FakeModel((_, _) => BrokenAsync());
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");

        (await stage.AskAsync(host, prompt, CacheStage.Exact)).Result.Error.ShouldNotBeNull();
        model.Answer = (_, _) => AsyncEnumerable.Empty<string>();
        await stage.AskAsync(host, prompt, CacheStage.Exact);
        // It says nothing of how it finished.
        (model.Answer, model.Usage) = ((_, _) => new[] { "Half an ans" }.ToAsyncEnumerable(), null);
        await stage.AskAsync(host, prompt, CacheStage.Exact);

        (await stage.AskAsync(host, prompt, CacheStage.Exact)).Status.ShouldBe(CacheStatus.Miss);
        model.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task No_cache_asks_anew_and_replaces_what_is_there()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var prompt = CacheStage.Fresh("Say something.");
        await stage.AskAsync(host, prompt, CacheStage.Exact);

        var anew = await stage.AskAsync(host, prompt, CacheStage.Exact with { NoCache = true });
        var given = await stage.AskAsync(host, prompt, CacheStage.Exact);

        (anew.Status, anew.Text).ShouldBe((CacheStatus.Miss, "This is answer 2 😀."));
        (await stage.LookupAsync(anew)).ShouldBeNull();
        (given.Status, given.Text).ShouldBe((CacheStatus.Hit, "This is answer 2 😀."));
    }

    [Fact]
    public async Task An_answer_is_given_until_it_expires()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var prompt = CacheStage.Fresh("Say something.");
        await stage.AskAsync(host, prompt, CacheStage.Exact with { TtlSeconds = 60, Tags = ["expiry"] });
        (await stage.AskAsync(host, prompt, CacheStage.Exact)).Status.ShouldBe(CacheStatus.Hit);
        (await stage.Database.ScalarAsync<bool>("select expires_at between created_at + interval '50 s' and created_at + interval '70 s' from ai_response_cache where tags = '{expiry}'")).ShouldBeTrue();

        await stage.Database.ExecuteAsync("update ai_response_cache set expires_at = now() where tags = '{expiry}'");
        (await stage.AskAsync(host, prompt, CacheStage.Exact)).Status.ShouldBe(CacheStatus.Miss);
        (await stage.AskAsync(host, prompt, CacheStage.Exact)).Text.ShouldBe("This is answer 2 😀.");

        await stage.Database.ExecuteAsync("update ai_response_cache set expires_at = now() - interval '1 s'");
        await host.Services.GetRequiredService<CacheStore>().DeleteExpiredAsync(CancellationToken.None);
        (await stage.Database.ScalarAsync<long>("select count(*) from ai_response_cache")).ShouldBe(0);
    }

    [Fact]
    public void Requests_of_which_it_cannot_be_told_what_they_depend_on_are_not_kept()
    {
        ChatMessage[] messages = [new(ChatRole.User, "Hello")];
        var (model, policy) = (FakeModel.Priced, CachePolicy.Of(new ResponseCacheSettings(), CacheStage.Semantic)!);
        CachedRequest.Of(model, policy, messages, new ChatOptions { ConversationId = "1" }, null).ShouldBeNull();
        CachedRequest.Of(model, policy, messages, new ChatOptions { RawRepresentationFactory = _ => null }, null).ShouldBeNull();
        CachedRequest.Of(model, policy, messages, new ChatOptions { Tools = [new HostedWebSearchTool()] }, null).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, "tag", "tier", "x-overmind-cache-ttl")]
    [InlineData(31_536_001, "tag", "tier", "x-overmind-cache-ttl")]
    [InlineData(1, "no tag", "tier", "x-overmind-cache-tags")]
    [InlineData(1, "tag", "", "x-overmind-cache-tier")]
    public async Task What_cannot_be_is_refused_by_the_name_of_its_header(int ttl, string tag, string tier, string param)
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var request = new CacheRequest { TtlSeconds = ttl, Tags = [tag], QualityTier = tier };
        var refused = await Should.ThrowAsync<OvermindException>(stage.AskAsync(host, "Hello", request));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.InvalidParameter, param));
    }

    [Fact]
    public async Task What_the_database_refuses_fails_no_call()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        await stage.Database.ExecuteAsync("alter function overmind.find_cached_response(text) rename to find_cached_response_gone");
        await stage.Database.ExecuteAsync("alter table ai_response_cache rename to ai_response_cache_gone");
        try
        {
            var answer = await stage.AskAsync(host, CacheStage.Fresh("Say something."), CacheStage.Semantic);
            (answer.Status, answer.Text).ShouldBe((CacheStatus.Miss, "This is answer 1 😀."));
        }
        finally
        {
            await stage.Database.ExecuteAsync("alter table ai_response_cache_gone rename to ai_response_cache");
            await stage.Database.ExecuteAsync("alter function overmind.find_cached_response_gone(text) rename to find_cached_response");
        }
    }

    static async IAsyncEnumerable<string> BrokenAsync()
    {
        await Task.Yield();
        yield return "Half ";
        throw new ModelCallException(ErrorCode.ModelInterrupted, "It broke off.") { AfterFirstToken = true };
    }
}
