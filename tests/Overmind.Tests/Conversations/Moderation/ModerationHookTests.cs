using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Conversations.Moderation;
using Overmind.Errors;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Jobs.Webhooks;

namespace Overmind.Tests.Conversations.Moderation;

/// <summary>A hook that is asked by a real worker, over a real socket.</summary>
public sealed class ModerationHookTests(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase _database = null!;
    TestTenants _tenants = null!;
    Receiver _receiver = null!;
    IHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
        _receiver = await Receiver.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_database.Database).AddSingleton(new UnpooledDataSource(_database.Direct));
        builder.Services.AddOvermind(options =>
        {
            options.EncryptionKey = SecretCipher.NewKey();
            options.Webhooks = new WebhookOptions { AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")], Timeout = TimeSpan.FromSeconds(30) };
        });
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_hook_is_asked_about_what_is_pending_and_its_verdict_holds()
    {
        var secret = await SetHookAsync(pendingReachesModels: true);
        _receiver.Answer = http => http.Response.WriteAsync("""{"status": "blocked", "flags": [{"code": "rude", "category": "harassment", "detail": "0.9"}]}""");
        var conversation = await Service<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), CancellationToken.None);
        var message = await AppendAsync(conversation.Id, "You rope!");
        message.ModerationStatus.ShouldBe(ModerationStatus.Pending);

        await Poll.UntilAsync(async () => (await StatusAsync(conversation.Id, message.Id)) == ModerationStatus.Blocked, 60);

        var received = _receiver.Received.ShouldHaveSingleItem();
        received.Signature.ShouldBe(WebhookSignature.Of([secret], received.Id, received.Timestamp, received.Body));
        using var body = JsonDocument.Parse(received.Body);
        body.RootElement.GetProperty("message").GetProperty("content").GetString().ShouldBe("You rope!");
        var queued = (await Service<ModerationService>().ListAsync(_tenants.First.Admin, ModerationStatus.Blocked, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();
        queued.Flags.ShouldHaveSingleItem().ShouldBe(new ModerationFlag("rude", "harassment", "0.9", "hook", queued.Flags[0].At));
    }

    [Fact]
    public async Task A_question_that_is_pending_waits_where_models_may_not_have_it()
    {
        await SetHookAsync(pendingReachesModels: false);
        _receiver.Answer = http => http.Response.WriteAsync("""{"status": "approved"}""");
        var conversation = await Service<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), CancellationToken.None);
        await Poll.UntilAsync(async () => (await AppendAsync(conversation.Id, "Told of the rules?")).ModerationStatus is not null, 60);

        var refused = await Should.ThrowAsync<OvermindException>(Service<RunService>().CreateAsync(_tenants.First.User, conversation.Id, "Which rope?", null, CancellationToken.None));
        refused.Code.ShouldBe(ErrorCode.MessageBlocked);
        var question = await _database.ScalarAsync<Guid>("select id from messages where content = 'Which rope?'");

        await Poll.UntilAsync(async () => (await StatusAsync(conversation.Id, question)) == ModerationStatus.Approved, 60);
        var run = await Service<RunService>().RegenerateAsync(_tenants.First.User, conversation.Id, question, null, CancellationToken.None);
        await Poll.UntilAsync(async () => (await Service<RunService>().GetAsync(_tenants.First.User, run.Id, CancellationToken.None)).AnswerMessageId is not null, 60);
    }

    async Task<string> SetHookAsync(bool pendingReachesModels)
    {
        var (endpoint, secret) = await Service<WebhookService>().CreateAsync(
            _tenants.First.Admin, new NewWebhookEndpoint { Url = _receiver.Url, EventTypes = ["webhook_endpoint.disabled"] }, CancellationToken.None);
        await Service<OrganizationSettingsService>().ChangeAsync(
            _tenants.First.Admin,
            new OrganizationSettingsPatch { Moderation = new(new ModerationSettings { HookEndpointId = endpoint.Id, PendingReachesModels = pendingReachesModels }) }, null, CancellationToken.None);
        return secret;
    }

    Task<Message> AppendAsync(Guid conversation, string content) =>
        Service<ConversationService>().AppendAsync(_tenants.First.User, conversation, new NewMessage { Content = content }, CancellationToken.None);

    async Task<ModerationStatus?> StatusAsync(Guid conversation, Guid message) =>
        (await Service<ConversationService>().GetMessageAsync(_tenants.First.User, conversation, message, CancellationToken.None)).ModerationStatus;

    T Service<T>()
        where T : notnull =>
        _host.Services.GetRequiredService<T>();
}
