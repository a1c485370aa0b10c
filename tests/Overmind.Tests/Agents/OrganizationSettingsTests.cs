using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Tenancy;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class OrganizationSettingsTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task The_default_model_is_that_of_every_part_that_nothing_else_names()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        await using var host = await RunHost.StartAsync(stage.Database, model.Models, worker: false);
        await ChangeAsync(host, new() { DefaultLlmProvider = new("unpriced"), DefaultModel = new("model"), Models = new(new OrganizationModels { Synthesis = "offline/offline" }) });

        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);

        var models = await stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', snapshot #>> '{agents,0,model,provider}', snapshot #>> '{synthesis_model,provider}', snapshot #>> '{judge_model,provider}') from workflow_runs where id = $1",
            run.Id);
        models.ShouldBe("unpriced offline offline");
        await stage.EndAsync(host, run);
        await ChangeAsync(host, new() { DefaultLlmProvider = new(null), DefaultModel = new(null), Models = new(null) });
    }

    [Fact]
    public async Task What_nobody_here_knows_stays_and_of_two_changes_that_meet_the_second_is_told()
    {
        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        await stage.Database.ExecuteAsync("""update organizations set settings = '{"enable_analytics": true, "quality_threshold": "high"}' where slug = 'acme'""");
        var service = host.Services.GetRequiredService<OrganizationSettingsService>();
        var read = await service.GetAsync(stage.Tenant.Admin, CancellationToken.None);
        read.QualityThreshold.ShouldBeNull("a text is no threshold");

        var changed = await service.ChangeAsync(stage.Tenant.Admin, new() { MaxN2Iterations = new(7) }, read.UpdatedAt, CancellationToken.None);

        changed.MaxN2Iterations.ShouldBe(7);
        (await stage.Database.ScalarAsync<bool>("select (settings -> 'enable_analytics')::boolean from organizations where slug = 'acme'")).ShouldBeTrue();
        (await Should.ThrowAsync<OvermindException>(() => service.ChangeAsync(stage.Tenant.Admin, new() { MaxN2Iterations = new(8) }, read.UpdatedAt, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.PreconditionFailed);
        (await Should.ThrowAsync<OvermindException>(() => service.ChangeAsync(stage.User, new() { MaxN2Iterations = new(8) }, null, CancellationToken.None)))
            .Code.ShouldBe(ErrorCode.Forbidden);
        await ChangeAsync(host, new() { MaxN2Iterations = new(null) });
    }

    [Fact]
    public async Task A_conversation_without_a_title_is_called_as_its_owner_prefers()
    {
        await using var host = await RunHost.StartAsync(stage.Database, worker: false);
        var conversations = host.Services.GetRequiredService<ConversationService>();
        var preferences = host.Services.GetRequiredService<PreferencesService>();
        await preferences.ChangeAsync(stage.User, new() { DefaultConversationTitle = new("Untitled") }, CancellationToken.None);

        (await TitleAsync(new NewConversation())).ShouldBe("Untitled");
        (await TitleAsync(new NewConversation { Title = "Mine" })).ShouldBe("Mine");
        (await conversations.CreateAsync(stage.Tenant.OtherUser, new NewConversation(), CancellationToken.None)).Title.ShouldBe("New Conversation");
        await stage.Database.ExecuteAsync("update users set preferences = '{\"default_conversation_title\": 7}' where id = $1", stage.User.UserId!.Value);
        (await TitleAsync(new NewConversation())).ShouldBe("New Conversation");

        async Task<string> TitleAsync(NewConversation conversation) => (await conversations.CreateAsync(stage.User, conversation, CancellationToken.None)).Title;
    }

    Task<OrganizationSettings> ChangeAsync(RunHost host, OrganizationSettingsPatch patch) =>
        host.Services.GetRequiredService<OrganizationSettingsService>().ChangeAsync(stage.Tenant.Admin, patch, null, CancellationToken.None);
}
