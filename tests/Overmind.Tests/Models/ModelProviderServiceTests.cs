using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Agents;
using Overmind.Tests.Models.Providers;

namespace Overmind.Tests.Models;

public sealed class ModelProviderServiceTests(TestPostgres postgres) : IAsyncLifetime
{
    static readonly SecretCipher Cipher = SecretCipher.Parse(SecretCipher.NewKey());

    TestDatabase _database = null!;
    TestTenants _tenants = null!;
    RunHost _host = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Claims Admin => _tenants.First.Admin;

    ModelProviderService Providers => _host.Services.GetRequiredService<ModelProviderService>();

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
        _host = await RunHost.StartAsync(_database, secrets: Cipher);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_key_is_stored_encrypted_and_shown_by_its_end_alone()
    {
        var added = await Providers.AddAsync(Admin, Openai(), Stop);

        (added.Key, added.BaseUrl, added.SecretHint, added.IsActive, added.CreatedBy).ShouldBe(("openai", "https://api.openai.com/v1", "ghij", true, Admin.UserId));
        var stored = await _database.ScalarAsync<byte[]>("select secret from model_providers where id = $1", added.Id);
        Encoding.Latin1.GetString(stored).ShouldNotContain(FakeProvider.Secret[3..9]);
        (await _database.ScalarAsync<string>("select (to_jsonb(p) - 'secret')::text from model_providers p")).ShouldNotContain(FakeProvider.Secret);
        (await Providers.ListAsync(_tenants.First.Viewer, Stop)).ShouldBe([added]);
    }

    [Fact]
    public async Task No_role_reads_the_column_of_the_key_and_members_write_nothing()
    {
        var added = await Providers.AddAsync(Admin, Openai(), Stop);
        foreach (var role in Enum.GetValues<DatabaseRole>())
            await Refused(Admin with { DatabaseRole = role }, "select secret from model_providers", "42501");
        await Refused(Admin, "select * from overmind.read_model_provider($1, 'openai')", "42501", Admin.OrganizationId);
        await Refused(Admin, "update model_providers set base_url = 'https://elsewhere.example'", "23514");
        (await _database.Database.ExecuteAsync(_tenants.First.User, "update model_providers set is_active = false", [], Stop)).ShouldBe(0);
        (await _database.Database.ExecuteAsync(_tenants.First.User, "delete from model_providers", [], Stop)).ShouldBe(0);
        await Refused(_tenants.First.User, "insert into model_providers (key, kind, base_url) values ('mine', 'ollama', 'http://localhost')", "42501");

        (await Fails(() => Providers.AddAsync(_tenants.First.User, Openai() with { Key = "mine" }, Stop))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Fails(() => Providers.TestAsync(_tenants.First.User, added.Id, null, Stop))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Another_organizations_provider_is_neither_seen_nor_called()
    {
        var added = await Providers.AddAsync(Admin, Openai(), Stop);
        var (stranger, models) = (_tenants.Second.Admin, _host.Services.GetRequiredService<ChatModels>());

        (await Providers.ListAsync(stranger, Stop)).ShouldBeEmpty();
        (await Fails(() => Providers.GetAsync(stranger, added.Id, Stop))).Code.ShouldBe(ErrorCode.ModelProviderNotFound);
        (await Fails(() => Providers.RemoveAsync(stranger, added.Id, Stop))).Code.ShouldBe(ErrorCode.ModelProviderNotFound);
        (await models.GetAsync(Admin, new ModelReference("openai", "m"), Stop)).ShouldNotBeNull();
        await Should.ThrowAsync<ModelUnavailableException>(() => models.GetAsync(stranger, new ModelReference("openai", "m"), Stop).AsTask());
        // The same row in the other organization: its key does not open there.
        await _database.ExecuteAsync("insert into model_providers select $1, id, key, kind, base_url, secret from model_providers", stranger.OrganizationId!);
        (await Fails(() => models.GetAsync(stranger, new ModelReference("openai", "m"), Stop).AsTask())).Code.ShouldBe(ErrorCode.EncryptionUnavailable);
    }

    [Fact]
    public async Task A_changed_provider_is_used_by_the_other_node_at_once()
    {
        await using var other = await RunHost.StartAsync(_database, worker: false, secrets: Cipher);
        await using var provider = await FakeProvider.StartAsync(Wire.Of(ModelProviderKind.Openai).Stream("yes"));
        var added = await Providers.AddAsync(Admin, Openai() with { BaseUrl = new Uri(provider.Url, "v1").ToString() }, Stop);
        await AskAsync();
        provider.Requests.Last().Headers["Authorization"].ShouldBe($"Bearer {FakeProvider.Secret}");

        await Providers.ChangeAsync(Admin, added.Id, new ModelProviderPatch { Secret = new("another-key-of-the-provider") }, null, Stop);

        await Poll.UntilAsync(async () =>
        {
            await AskAsync();
            return provider.Requests.Last().Headers["Authorization"] == "Bearer another-key-of-the-provider";
        });
        await Providers.RemoveAsync(Admin, added.Id, Stop);
        await Poll.UntilAsync(async () =>
        {
            try
            {
                await AskAsync();
                return false;
            }
            catch (ModelUnavailableException)
            {
                return true;
            }
        });
        (await _database.ScalarAsync<bool>("select secret is null from model_providers")).ShouldBeTrue();

        async Task AskAsync()
        {
            var client = await other.Services.GetRequiredService<ChatModels>().GetAsync(Admin, new ModelReference("openai", "m"), Stop);
            await foreach (var _ in client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "?")], cancellationToken: Stop)) { }
        }
    }

    [Fact]
    public async Task A_stored_key_does_not_go_to_another_address()
    {
        var added = await Providers.AddAsync(Admin, Openai(), Stop);
        var refused = await Fails(() => Providers.ChangeAsync(Admin, added.Id, new ModelProviderPatch { BaseUrl = "https://elsewhere.example/v1" }, null, Stop));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.MissingField, "secret"));
        var moved = await Providers.ChangeAsync(
            Admin, added.Id, new ModelProviderPatch { BaseUrl = "https://elsewhere.example/v1/", Secret = new(null), Key = "moved" }, added.UpdatedAt, Stop);
        (moved.BaseUrl, moved.SecretHint, moved.Key).ShouldBe(("https://elsewhere.example/v1", null, "moved"));
        (await Fails(() => Providers.ChangeAsync(Admin, added.Id, new ModelProviderPatch { IsActive = false }, added.UpdatedAt, Stop))).Code.ShouldBe(ErrorCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("offline", null, "sk-123", "key")]
    [InlineData("Open AI", null, "sk-123", "key")]
    [InlineData(null, "ftp://files", "sk-123", "base_url")]
    [InlineData(null, "https://user:pass@host/v1", "sk-123", "base_url")]
    [InlineData(null, "https://host/v1?key=1", "sk-123", "base_url")]
    [InlineData(null, null, "sk 123", "secret")]
    [InlineData(null, null, "", "secret")]
    [InlineData(null, null, null, "secret")]
    public async Task What_is_not_valid_is_refused_by_its_member_and_without_the_key(string? key, string? url, string? secret, string param)
    {
        var refused = await Fails(() => Providers.AddAsync(Admin, Openai() with { Key = key, BaseUrl = url, Secret = secret }, Stop));
        refused.Param.ShouldBe(param);
        if (secret is { Length: > 0 }) refused.ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_key_of_a_provider_is_free_again_when_it_was_removed()
    {
        var added = await Providers.AddAsync(Admin, Openai(), Stop);
        (await Fails(() => Providers.AddAsync(Admin, Openai(), Stop))).Code.ShouldBe(ErrorCode.KeyTaken);
        await Providers.RemoveAsync(Admin, added.Id, Stop);
        (await Fails(() => Providers.RemoveAsync(Admin, added.Id, Stop))).Code.ShouldBe(ErrorCode.ModelProviderNotFound);
        (await Providers.AddAsync(Admin, Openai(), Stop)).Id.ShouldNotBe(added.Id);
    }

    [Fact]
    public async Task A_test_asks_a_cheap_model_and_notes_how_it_came_out()
    {
        var wire = Wire.Of(ModelProviderKind.Anthropic);
        await using var provider = await FakeProvider.StartAsync(
            Replies.Json(wire.Models), Replies.Json(wire.Plain("ready")), Replies.Json(wire.Error($"invalid x-api-key {FakeProvider.Secret}"), 401));
        var added = await Providers.AddAsync(Admin, new NewModelProvider { Kind = ModelProviderKind.Anthropic, BaseUrl = provider.Url.ToString(), Secret = FakeProvider.Secret }, Stop);

        var test = await Providers.TestAsync(Admin, added.Id, null, Stop);
        (test.Model, test.Answer, test.Provider.LastTestError).ShouldBe(("anthropic/chat-mini", "ready", null));
        test.Provider.LastTestAt.ShouldNotBeNull();

        var failed = await Fails(() => Providers.TestAsync(Admin, added.Id, "chat-mini", Stop));
        failed.Code.ShouldBe(ErrorCode.ModelAuthenticationFailed);
        var noted = await Providers.GetAsync(Admin, added.Id, Stop);
        noted.LastTestError.ShouldBe(failed.Message);
        noted.LastTestError!.ShouldNotContain(FakeProvider.Secret);
    }

    [Fact]
    public async Task A_test_stands_in_the_ledger_as_the_admins_and_costs_nothing_where_it_was_refused()
    {
        var wire = Wire.Of(ModelProviderKind.Openai);
        await using var provider = await FakeProvider.StartAsync(Replies.Json(wire.Plain("ready")), Replies.Json(wire.Error("no such model"), 404), Replies.Hang);
        var added = await Providers.AddAsync(Admin, Openai() with { BaseUrl = new Uri(provider.Url, "v1").ToString() }, Stop);

        await Providers.TestAsync(Admin, added.Id, "m", Stop);
        await Fails(() => Providers.TestAsync(Admin, added.Id, "gone", Stop));
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var left = Providers.TestAsync(Admin, added.Id, "slow", leave.Token);
        await Poll.UntilAsync(() => provider.Requests.Count == 3);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);

        (await _database.ScalarAsync<string>(
            """
            select string_agg(concat_ws('|', model, status, tokens_input, tokens_output, is_estimated, user_id = $1, run_id is null, latency_ms is null, metadata ->> 'provider_test'), ' ' order by id)
            from token_usage
            where provider = 'openai'
            """, Admin.UserId!)).ShouldBe("m|settled|21|7|f|t|t|f|true gone|settled|0|0|f|t|t|f|true slow|settled|8|0|t|t|t|f|true");
    }

    [Fact]
    public async Task A_run_that_a_providers_refusal_ends_says_which_it_was()
    {
        foreach (var (status, code) in new[] { (401, "model_authentication_failed"), (404, "model_not_found"), (402, "model_quota_exceeded") })
        {
            await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Openai).Error("it said so"), status));
            var key = $"p{status}";
            await Providers.AddAsync(Admin, Openai() with { Key = key, BaseUrl = new Uri(provider.Url, "v1").ToString() }, Stop);
            var conversation = await _host.Services.GetRequiredService<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), Stop);
            var model = new ModelReference(key, "m");

            var refused = await _host.AskAsync(_tenants.First.User, conversation.Id, "Where is Lima?", new RunOptions { AgentModel = model, SynthesisModel = model, JudgeModel = model });
            (refused.Status, refused.Error!.Code).ShouldBe((RunStatus.Failed, code));
            (await _host.Runs.StepsAsync(_tenants.First.User, refused.Id, Stop)).ShouldAllBe(s => s.ErrorCode == code);

            // The agents answer offline, and the synthesis fails.
            var half = await _host.AskAsync(_tenants.First.User, conversation.Id, "Where is Lima?", new RunOptions { SynthesisModel = model });
            (half.Status, half.Error!.Code).ShouldBe((RunStatus.Failed, code));
            half.Error.Message.ShouldStartWith("The synthesis failed (observe).");

            var retried = await _host.Runs.RetryAsync(_tenants.First.User, half.Id, Stop);
            retried.RetryCount.ShouldBe(1);
            await _host.WatchAsync(_tenants.First.User, half.Id);
        }
    }

    [Fact]
    public async Task Models_of_all_providers_are_listed_and_one_that_is_down_is_told()
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(ModelProviderKind.Ollama).Models));
        await Providers.AddAsync(Admin, new NewModelProvider { Kind = ModelProviderKind.Ollama, BaseUrl = provider.Url.ToString() }, Stop);
        var down = await FakeProvider.StartAsync();
        await down.DisposeAsync();
        await Providers.AddAsync(Admin, Openai() with { Key = "down", BaseUrl = down.Url.ToString() }, Stop);

        var list = await Providers.ModelsAsync(_tenants.First.Viewer, null, Stop);

        list.Models.Select(m => m.Id).ShouldBe(["offline/offline", "ollama/chat-mini", "ollama/embed"]);
        list.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Provider.ShouldBe("down"), e => e.Code.ShouldBe("model_unreachable"));
        (await Providers.ModelsAsync(Admin, "ollama", Stop)).Models.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_answers_with_a_providers_model_and_its_counts_are_in_the_ledger()
    {
        var wire = Wire.Of(ModelProviderKind.Openai);
        await using var provider = await FakeProvider.StartAsync(async http => await wire.Stream(Answer(http))(http));
        await Providers.AddAsync(Admin, Openai() with { BaseUrl = new Uri(provider.Url, "v1").ToString() }, Stop);
        var conversation = await _host.Services.GetRequiredService<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), Stop);
        var model = new ModelReference("openai", "m");

        var run = await _host.AskAsync(
            _tenants.First.User, conversation.Id, "Where is Lima?", new RunOptions { AgentModel = model, SynthesisModel = model, JudgeModel = model, MaxN2Iterations = 1 });

        (run.Status, run.IsOffline, run.Answer).ShouldBe((RunStatus.Succeeded, false, "In Peru."));
        (run.TokensInput, run.TokensOutput, run.CostUsd).ShouldBe((210, 70, null));
        (await _database.ScalarAsync<string>(
            """
            select concat_ws('|', count(*), sum(tokens_input), sum(tokens_output), sum(tokens_cached), sum(tokens_reasoning), bool_or(is_estimated))
            from token_usage
            where provider = 'openai' and model = 'm' and status = 'settled'
            """)).ShouldBe("10|210|70|50|30|f");

        // By the phase that the prompt names, escaped as JSON.
        static string Answer(HttpContext http) => ((FakeRequest)http.Items[typeof(FakeRequest)]!).Body switch
        {
            var body when body.Contains(@"\ninspect\n") => """{"score": 9.5, "rationale": "good", "repair_directive": ""}""",
            var body when body.Contains(@"\ndistil\n") => """{"core_insights": ["Peru"]}""",
            var body when body.Contains(@"\nobserve\n") || body.Contains(@"\nassemble\n") => "In Peru.",
            _ => "1. one\n2. two\n3. three\n4. four",
        };
    }

    [Fact]
    public async Task A_run_that_names_an_unknown_provider_is_not_made()
    {
        var conversation = await _host.Services.GetRequiredService<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), Stop);
        var refused = await Fails(() => _host.Runs.CreateAsync(
            _tenants.First.User, conversation.Id, "?", new RunOptions { JudgeModel = new ModelReference("openai", "m") }, Stop));
        (refused.Code, refused.Param).ShouldBe((ErrorCode.ModelUnavailable, "models.judge"));
        (await _database.ScalarAsync<long>("select count(*) from messages")).ShouldBe(0);
    }

    static NewModelProvider Openai() => new() { Kind = ModelProviderKind.Openai, Secret = FakeProvider.Secret };

    static Task<OvermindException> Fails(Func<Task> act) => Should.ThrowAsync<OvermindException>(act);

    async Task Refused(Claims claims, string sql, string state, params object?[] parameters) =>
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => _database.Database.ExecuteAsync(claims, sql, parameters, Stop))).SqlState.ShouldBe(state, sql);
}
