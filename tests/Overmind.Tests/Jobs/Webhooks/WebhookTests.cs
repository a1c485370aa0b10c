using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Jobs;
using Overmind.Jobs.Webhooks;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Jobs.Webhooks;

/// <summary>Events from the transaction that makes them happen to a web server, by a real worker.</summary>
public sealed class WebhookTests(TestPostgres postgres) : IAsyncLifetime
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
        builder.Services.AddSingleton(new FakeHandler((_, _) => throw new JobFailedException("broken"))).AddJob<FakeHandler>();
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
    public async Task A_run_that_ends_is_told_signed_and_logged()
    {
        var (endpoint, secret) = await AddAsync("run.succeeded");
        var conversation = await _host.Services.GetRequiredService<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), CancellationToken.None);
        var run = await _host.Services.GetRequiredService<RunService>().CreateAsync(_tenants.First.User, conversation.Id, "What makes a harbour safe?", null, CancellationToken.None);

        await Poll.UntilAsync(() => !_receiver.Received.IsEmpty, 60);

        var received = _receiver.Received.ShouldHaveSingleItem();
        received.Signature.ShouldBe(WebhookSignature.Of([secret], received.Id, received.Timestamp, received.Body));
        var body = JsonElement.Parse(received.Body);
        body.GetProperty("type").GetString().ShouldBe("run.succeeded");
        (body.GetProperty("data").GetProperty("id").GetGuid(), body.GetProperty("data").GetProperty("status").GetString()).ShouldBe((run.Id, "succeeded"));
        var delivery = await EndedAsync(endpoint.Id, WebhookDeliveryStatus.Succeeded);
        (delivery.EventId.ToString(), delivery.AttemptCount, delivery.Body).ShouldBe((received.Id, 1, received.Body));
        delivery.Attempts.Parse()[0].GetProperty("status").GetInt32().ShouldBe(204);
        (await Webhooks.GetAsync(Admin, endpoint.Id, CancellationToken.None)).LastSuccessAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_run_that_waits_for_an_approval_is_told()
    {
        await AddAsync("run.waiting");
        var conversation = await _host.Services.GetRequiredService<ConversationService>().CreateAsync(_tenants.First.User, new NewConversation(), CancellationToken.None);
        var run = await _host.Services.GetRequiredService<RunService>().CreateAsync(
            _tenants.First.User, conversation.Id, "What makes a harbour safe?", new RunOptions { ApproveFromIteration = 1 }, CancellationToken.None);

        await Poll.UntilAsync(() => !_receiver.Received.IsEmpty, 60);

        var data = JsonElement.Parse(_receiver.Received.ShouldHaveSingleItem().Body).GetProperty("data");
        (data.GetProperty("id").GetGuid(), data.GetProperty("status").GetString()).ShouldBe((run.Id, "waiting"));
        data.GetProperty("waiting").GetProperty("iteration").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_is_given_up_is_told()
    {
        await AddAsync();
        await _database.Database.ExecuteAsync(_tenants.First.User, "insert into jobs (kind) values ('test')", [], CancellationToken.None);

        await Poll.UntilAsync(() => !_receiver.Received.IsEmpty);

        var data = JsonElement.Parse(_receiver.Received.ShouldHaveSingleItem().Body).GetProperty("data");
        (data.GetProperty("kind").GetString(), data.GetProperty("last_error").GetString()).ShouldBe(("test", "broken"));
    }

    [Fact]
    public async Task A_failed_attempt_is_logged_and_made_again_under_the_same_id()
    {
        var (endpoint, _) = await AddAsync();
        var attempts = 0;
        _receiver.Answer = async http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref attempts) == 1 ? 503 : 200;
            await http.Response.WriteAsync(new string('x', 5000));
        };
        await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await Poll.UntilAsync(async () => (await DeliveriesAsync()).Single().AttemptCount == 1);
        (await Webhooks.GetAsync(Admin, endpoint.Id, CancellationToken.None)).FailingSince.ShouldNotBeNull();
        (await DeliveriesAsync()).Single().NextAttemptAt.ShouldNotBeNull();

        // Five seconds later, unless the test does not wait for them.
        await _database.ExecuteAsync("update jobs set run_at = clock_timestamp() where kind = 'webhook.deliver' and status in ('pending', 'blocked')");
        var delivery = await EndedAsync(endpoint.Id, WebhookDeliveryStatus.Succeeded);

        _receiver.Received.Select(r => r.Id).Distinct().ShouldHaveSingleItem().ShouldBe(delivery.EventId.ToString());
        var log = delivery.Attempts.Parse();
        log.EnumerateArray().Select(a => a.GetProperty("status").GetInt32()).ShouldBe([503, 200]);
        log[0].GetProperty("response").GetString()!.Length.ShouldBe(1024);
        log[0].GetProperty("error").GetString().ShouldBe("The endpoint answered 503.");
        (await Webhooks.GetAsync(Admin, endpoint.Id, CancellationToken.None)).FailingSince.ShouldBeNull();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_endpoint_that_asks_for_time_gets_it(int status)
    {
        var (endpoint, _) = await AddAsync();
        _receiver.Answer = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };

        await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await Poll.UntilAsync(async () => (await DeliveriesAsync()).Single().AttemptCount == 1);

        var delivery = (await DeliveriesAsync()).Single();
        var attempt = delivery.Attempts.Parse()[0];
        attempt.GetProperty("retry_after_seconds").GetInt32().ShouldBe(3600);
        (delivery.NextAttemptAt!.Value - attempt.GetProperty("at").GetDateTimeOffset()).TotalSeconds.ShouldBeInRange(3600, 3600 * 1.1 + 30);
        (await _database.ScalarAsync<bool>("select run_at > clock_timestamp() + interval '50 minutes' from jobs where kind = 'webhook.deliver' and status <> 'completed'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Fri, 15 Aug 2025 12:30:00 GMT", 503, 1800)]
    [InlineData("Fri, 15 Aug 2025 11:00:00 GMT", 503, 0)]
    [InlineData("soon", 503, null)]
    [InlineData("60", 500, null)]
    public async Task A_wait_is_read_as_seconds_or_a_date_and_of_refusals_that_may_have_one(string retryAfter, int status, int? seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 8, 15, 12, 0, 0, TimeSpan.Zero));
        using var sender = new WebhookSender(new WebhookOptions { AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")] }, time);
        _receiver.Answer = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };

        var attempt = await sender.SendAsync(new WebhookMessage(new Uri(_receiver.Url), Guid.CreateVersion7(), "{}", [WebhookSecret.Generate()]), CancellationToken.None);

        (attempt.Status, attempt.RetryAfterSeconds).ShouldBe((status, seconds));
    }

    [Fact]
    public async Task An_endpoint_that_is_changed_gets_what_is_still_to_be_sent_and_no_longer_counts_as_failing()
    {
        var (endpoint, secret) = await AddAsync();
        _receiver.Answer = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await Poll.UntilAsync(async () => (await DeliveriesAsync()).Single().AttemptCount == 1);
        await using var other = await Receiver.StartAsync();

        // What was sent meanwhile is no reason to refuse.
        var changed = await Webhooks.UpdateAsync(
            Admin, endpoint.Id, new() { Url = other.Url, Description = new("Moved"), EventTypes = ["run.failed"] }, endpoint.UpdatedAt, CancellationToken.None);

        (changed.Url, changed.Description, changed.FailingSince).ShouldBe((other.Url, "Moved", null));
        changed.EventTypes.ShouldBe(["run.failed"]);
        await _database.ExecuteAsync("update jobs set run_at = clock_timestamp() where kind = 'webhook.deliver' and status in ('pending', 'blocked')");
        await EndedAsync(endpoint.Id, WebhookDeliveryStatus.Succeeded);
        var received = other.Received.ShouldHaveSingleItem();
        received.Signature.ShouldBe(WebhookSignature.Of([secret], received.Id, received.Timestamp, received.Body));
        (await Should.ThrowAsync<OvermindException>(() => Webhooks.UpdateAsync(Admin, endpoint.Id, new() { Url = other.Url }, endpoint.UpdatedAt, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.PreconditionFailed);
    }

    [Fact]
    public async Task Two_secrets_sign_after_a_rotation()
    {
        var (endpoint, old) = await AddAsync();
        var (rotated, secret) = await Webhooks.RotateAsync(Admin, endpoint.Id, CancellationToken.None);
        rotated.PreviousSecretExpiresAt.ShouldNotBeNull();

        await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await Poll.UntilAsync(() => !_receiver.Received.IsEmpty);

        var received = _receiver.Received.ShouldHaveSingleItem();
        received.Signature.ShouldBe(WebhookSignature.Of([secret, old], received.Id, received.Timestamp, received.Body));
        (await _database.ScalarAsync<bool>("select encode(secret, 'escape') like '%whsec%' from webhook_endpoints")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_gets_nothing_more_until_it_is_enabled()
    {
        var (endpoint, _) = await AddAsync();
        _receiver.Answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await EndedAsync(endpoint.Id, WebhookDeliveryStatus.Failed);

        (await Webhooks.GetAsync(Admin, endpoint.Id, CancellationToken.None)).DisabledReason.ShouldBe("gone");
        await Should.ThrowAsync<OvermindException>(() => Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None));
        (await Webhooks.EnableAsync(Admin, endpoint.Id, CancellationToken.None)).IsEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_a_resend_has_the_same_id()
    {
        var (endpoint, _) = await AddAsync();
        _receiver.Answer = http =>
        {
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = "http://169.254.169.254/latest";
            return Task.CompletedTask;
        };
        var first = await Webhooks.TestAsync(Admin, endpoint.Id, CancellationToken.None);
        await Poll.UntilAsync(async () => (await DeliveriesAsync()).Single().AttemptCount == 1);
        (await DeliveriesAsync()).Single().Attempts.Parse()[0].GetProperty("error").GetString().ShouldBe("The endpoint answered 302.");

        var again = await Webhooks.ResendAsync(Admin, first.Id, CancellationToken.None);

        (again.EventId, again.Body, again.Id == first.Id).ShouldBe((first.EventId, first.Body, false));
        await Poll.UntilAsync(() => _receiver.Received.Count == 2);
    }

    [Fact]
    public async Task An_address_that_became_private_is_not_reached()
    {
        using var sender = new WebhookSender(new WebhookOptions(), TimeProvider.System);

        var attempt = await sender.SendAsync(
            new WebhookMessage(new Uri(_receiver.Url.Replace("127.0.0.1", "localhost")), Guid.CreateVersion7(), "{}", [WebhookSecret.Generate()]), CancellationToken.None);

        attempt.Status.ShouldBeNull();
        attempt.Error.ShouldNotBeNull().ShouldContain("no address that webhooks may go to");
        _receiver.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_that_answers_too_late_has_failed()
    {
        using var sender = new WebhookSender(
            new WebhookOptions { AllowedNetworks = [IPNetwork.Parse("127.0.0.0/8")], Timeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        _receiver.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var attempt = await sender.SendAsync(
            new WebhookMessage(new Uri(_receiver.Url), Guid.CreateVersion7(), "{}", [WebhookSecret.Generate()]), CancellationToken.None);

        attempt.Error.ShouldBe("There was no answer within 0.1 s.");
    }

    [Fact]
    public async Task Webhooks_are_for_who_manages_them_and_stay_in_their_organization()
    {
        var (endpoint, _) = await AddAsync();
        (await Should.ThrowAsync<OvermindException>(() => Webhooks.TestAsync(_tenants.First.User, endpoint.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Should.ThrowAsync<OvermindException>(() => Webhooks.GetAsync(_tenants.First.User, endpoint.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await Should.ThrowAsync<OvermindException>(() => Webhooks.GetAsync(_tenants.Second.Admin, endpoint.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.WebhookEndpointNotFound);

        await _database.Database.ExecuteAsync(_tenants.Second.User, "insert into jobs (kind) values ('test')", [], CancellationToken.None);
        await Poll.UntilAsync(() => _database.ScalarAsync<bool>("select count(*) = 1 from jobs where kind = 'test' and status = 'failed'"));

        (await DeliveriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_of_what_was_rolled_back_is_never_told()
    {
        await AddAsync();
        await Should.ThrowAsync<Npgsql.PostgresException>(async () =>
        {
            await using var results = await _database.Database.SendAsync(
                _tenants.First.User with { DatabaseRole = DatabaseRole.ServiceRole },
                [WebhookEvents.Emit("run.failed", """{"id":"1"}"""), new Statement("select 1 / 0")], CancellationToken.None);
        });
        (await DeliveriesAsync()).ShouldBeEmpty();
    }

    Claims Admin => _tenants.First.Admin;

    WebhookService Webhooks => _host.Services.GetRequiredService<WebhookService>();

    Task<(WebhookEndpoint Endpoint, string Secret)> AddAsync(params string[] types) =>
        Webhooks.CreateAsync(Admin, new NewWebhookEndpoint { Url = _receiver.Url, EventTypes = types }, CancellationToken.None);

    async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync() => (await Webhooks.DeliveriesAsync(Admin, PageRequest.First, null, CancellationToken.None)).Items;

    async Task<WebhookDelivery> EndedAsync(Guid endpoint, WebhookDeliveryStatus status)
    {
        await Poll.UntilAsync(async () => (await DeliveriesAsync()).Any(d => d.EndpointId == endpoint && d.Status == status));
        return (await DeliveriesAsync()).Single(d => d.EndpointId == endpoint && d.Status == status);
    }
}
