using Overmind.Client;

namespace Overmind.Server.Tests.Access;

/// <summary>The typed client against a real server.</summary>
public class ClientTests(ApiServers servers)
{
    readonly OvermindClient client = new(servers.Fast.Url, servers.Fast.Admin.Key!);

    [Fact]
    public async Task A_key_is_made_used_listed_and_ended()
    {
        var made = await client.ApiKeys.CreateAsync(new NewApiKey { Name = "By the client", Scopes = ["read"] });
        made.ApiKey.Scopes.ShouldBe(["read"]);
        var other = new OvermindClient(servers.Fast.Url, made.Token);
        var me = await other.MeAsync();
        me.ApiKeyId.ShouldBe(made.ApiKey.Id);
        me.Role.ShouldBe("admin");
        (await client.ApiKeys.ListAsync(new Overmind.Client.PageRequest { Limit = 100 })).Items.ShouldContain(key => key.Id == made.ApiKey.Id);
        (await Should.ThrowAsync<OvermindApiException>(() => other.Conversations.CreateAsync())).Code.ShouldBe("insufficient_scope");
        var renewed = await other.ApiKeys.RotateAsync(made.ApiKey.Id, TimeSpan.FromMinutes(5));
        (renewed.ApiKey.Replaces, renewed.ApiKey.Name).ShouldBe((made.ApiKey.Id, "By the client"));
        (await new OvermindClient(servers.Fast.Url, renewed.Token).MeAsync()).ApiKeyId.ShouldBe(renewed.ApiKey.Id);
        (await client.ApiKeys.RevokeAsync(made.ApiKey.Id)).IsActive.ShouldBeFalse();
        (await Should.ThrowAsync<OvermindApiException>(() => other.MeAsync())).Code.ShouldBe("invalid_api_key");
    }

    [Fact]
    public async Task Settings_and_preferences_are_changed_and_brought_back()
    {
        var changed = await client.Settings.UpdateAsync(new OrganizationSettingsChanges { CostCapUsd = 90_000.25m, Models = new OrganizationModels { Judge = "offline/offline" }, DataRetentionDays = 36_500, EnableAnalytics = false });
        (changed.CostCapUsd, changed.Models.Judge, changed.DataRetentionDays, changed.EnableAnalytics).ShouldBe((90_000.25m, "offline/offline", 36_500, false));
        var cleared = await client.Settings.UpdateAsync(new OrganizationSettingsChanges { Clear = ["cost_cap_usd", "models", "data_retention_days", "enable_analytics"] });
        (cleared.CostCapUsd, cleared.DataRetentionDays, cleared.EnableAnalytics).ShouldBe((null, null, true));
        (await Should.ThrowAsync<OvermindApiException>(() => client.Settings.UpdateAsync(new OrganizationSettingsChanges { DeadlineSeconds = 90_000, UnchangedSince = DateTimeOffset.UnixEpoch })))
            .Code.ShouldBe("precondition_failed");

        (await client.Settings.UpdatePreferencesAsync(new PreferencesChanges { Theme = "light", AutoSave = false, NotificationsEnabled = true })).NotificationsEnabled.ShouldBeTrue();
        var back = await client.Settings.UpdatePreferencesAsync(new PreferencesChanges { Clear = ["theme", "auto_save", "notifications_enabled"] });
        (back.Theme, back.AutoSave, back.NotificationsEnabled).ShouldBe((null, true, false));
        (await client.Settings.GetPreferencesAsync()).ShouldBe(back);
    }

    [Fact]
    public async Task Schedules_and_webhook_endpoints_are_changed_as_they_were_read()
    {
        var schedule = await client.Schedules.CreateAsync(new NewSchedule { Name = "By the client", Kind = "ping", CadenceConfig = new("daily") });
        var moved = await client.Schedules.UpdateAsync(schedule.Id, new ScheduleChanges { Cron = "@weekly", IsPaused = true, UnchangedSince = schedule.UpdatedAt });
        (moved.Name, moved.Cron, moved.CadenceConfig, moved.IsPaused).ShouldBe(("By the client", "@weekly", null, true));
        (await Should.ThrowAsync<OvermindApiException>(() => client.Schedules.UpdateAsync(schedule.Id, new ScheduleChanges { Name = "Late", UnchangedSince = schedule.UpdatedAt })))
            .Code.ShouldBe("precondition_failed");
        await client.Schedules.DeleteAsync(schedule.Id);

        var endpoint = (await client.Webhooks.CreateAsync(new NewWebhookEndpoint { Url = "https://example.com/hooks", Description = "Pager" })).WebhookEndpoint;
        var changed = await client.Webhooks.UpdateAsync(
            endpoint.Id, new WebhookEndpointChanges { EventTypes = ["run.failed"], Clear = ["description"], UnchangedSince = endpoint.UpdatedAt });
        (changed.Url, changed.Description, changed.EventTypes[0]).ShouldBe((endpoint.Url, null, "run.failed"));
        await client.Webhooks.DeleteAsync(endpoint.Id);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_makes_nothing_twice()
    {
        var key = Guid.CreateVersion7().ToString();
        var first = await client.Conversations.CreateAsync(new NewConversation { Title = "Once" }, key);
        (await client.Conversations.CreateAsync(new NewConversation { Title = "Once" }, key)).Id.ShouldBe(first.Id);
        (await Should.ThrowAsync<OvermindApiException>(() => client.Conversations.CreateAsync(new NewConversation { Title = "Twice" }, key)))
            .Code.ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task Events_are_streamed_from_where_the_reader_is()
    {
        var conversation = await client.Conversations.CreateAsync();
        var run = await client.Runs.CreateAsync(conversation.Id, new NewRun { Question = "What is streamed?", MaxN2Iterations = 1 });
        var all = await client.Runs.StreamAsync(run.Id).ToListAsync();
        all[^1].IsTerminal.ShouldBeTrue();
        all[^1].Run!.Answer.ShouldNotBeNullOrEmpty();
        (await client.Runs.StreamAsync(run.Id, all[^2].SequenceNumber).ToListAsync()).Select(e => e.SequenceNumber).ShouldBe([all[^1].SequenceNumber]);
        (await client.Runs.StreamAsync(run.Id, all[^1].SequenceNumber).ToListAsync()).ShouldBeEmpty();
    }
}
