using Microsoft.Extensions.Time.Testing;
using Overmind.Conversations;
using Overmind.Conversations.Moderation;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Tests.Postgres;
using ZiggyCreatures.Caching.Fusion;

namespace Overmind.Tests.Conversations.Moderation;

public sealed class ModerationTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>, IDisposable
{
    readonly FusionCache cache = new(new FusionCacheOptions());

    public void Dispose() => cache.Dispose();

    [Fact]
    public async Task Without_rules_a_message_is_not_moderated()
    {
        var caller = data.Second.User;
        var message = await AppendAsync(caller, await data.ConversationAsync(caller), "Write to ada@example.org");
        (message.ModerationStatus, message.ModerationFlags.ToString()).ShouldBe((null, "[]"));
    }

    [Fact]
    public async Task Rules_flag_and_block_before_a_message_is_stored_and_say_where_and_never_what()
    {
        await SetAsync("""{"patterns": [{"code": "codename", "pattern": "project\\s+heron", "action": "block"}], "personal_data": {"email": "flag"}, "size": {"max_characters": 60, "action": "flag"}}""");
        var conversation = await data.ConversationAsync(data.Me);

        (await AppendAsync(data.Me, conversation, "Which rope?")).ModerationStatus.ShouldBe(ModerationStatus.Approved);
        var flagged = await AppendAsync(data.Me, conversation, "Write to ada@example.org");
        flagged.ModerationStatus.ShouldBe(ModerationStatus.Flagged);
        var flags = await data.OneAsync<string>(data.Me, "select moderation_flags::text from messages where id = $1", flagged.Id);
        flags.ShouldContain("an e-mail address at character 10");
        flags.ShouldNotContain("ada@");
        (await AppendAsync(data.Me, conversation, "Tell me of Project  Heron")).ModerationStatus.ShouldBe(ModerationStatus.Blocked);
        (await AppendAsync(data.Me, conversation, new string('x', 61))).ModerationStatus.ShouldBe(ModerationStatus.Flagged);
        (await data.OneAsync<int>(data.Me, "select message_count from conversations where id = $1", conversation)).ShouldBe(4);
    }

    [Fact]
    public async Task An_author_approves_nothing_and_an_edit_is_moderated_anew()
    {
        await SetAsync("""{"patterns": [{"code": "codename", "pattern": "heron", "action": "block"}]}""");
        var conversation = await data.ConversationAsync(data.Me);
        var blocked = await AppendAsync(data.Me, conversation, "Heron");
        (await data.RefusedAsync(data.Me, "update messages set moderation_status = 'approved' where id = $1", blocked.Id)).ShouldBe("42501");
        (await data.RefusedAsync(data.First.Admin, "update messages set moderation_flags = '[]' where id = $1", blocked.Id)).ShouldBe("42501");

        // What SQL clients write was not moderated; what they change is not approved any more, and stays blocked.
        await data.DoAsync(data.Me, "update messages set content = 'Egret' where id = $1", blocked.Id);
        (await StatusAsync(blocked.Id)).ShouldBe("blocked");
        var approved = await AppendAsync(data.Me, conversation, "Ibis");
        await data.DoAsync(data.Me, "update messages set content = 'Heron' where id = $1", approved.Id);
        (await StatusAsync(approved.Id)).ShouldBeNull();
        (await StatusAsync(await data.MessageAsync(data.Me, conversation, "Heron"))).ShouldBeNull();
    }

    [Fact]
    public async Task Reviewers_see_the_queue_whosever_it_is_and_their_decision_is_recorded()
    {
        await SetAsync("""{"patterns": [{"code": "codename", "pattern": "heron", "action": "flag"}]}""");
        var service = new ModerationService(new ModerationStore(data.Requests), TimeProvider.System);
        var message = await AppendAsync(data.First.OtherUser, await data.ConversationAsync(data.First.OtherUser), "Heron of others");

        (await Should.ThrowAsync<OvermindException>(service.ListAsync(data.Me, null, PageRequest.First, CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
        (await data.OneAsync<long>(data.Me, "select count(*) from overmind.moderated_messages(null, null, false, 100)")).ShouldBe(0);
        (await service.ListAsync(data.First.Admin, ModerationStatus.Flagged, PageRequest.First, CancellationToken.None)).Items.ShouldContain(m => m.Id == message.Id && m.Flags[0].Code == "codename");
        (await service.ListAsync(data.Second.Admin, null, PageRequest.First, CancellationToken.None)).Items.ShouldBeEmpty();

        var reviewed = await service.BlockAsync(data.First.Admin, message.Id, "Names a bird.", CancellationToken.None);
        (reviewed.Status, reviewed.Flags[^1].Source, reviewed.Flags[^1].Detail).ShouldBe((ModerationStatus.Blocked, "review", "Names a bird."));
        (await service.ApproveAsync(data.First.Admin, message.Id, null, CancellationToken.None)).Status.ShouldBe(ModerationStatus.Approved);
        (await service.ListAsync(data.First.Admin, null, PageRequest.First, CancellationToken.None)).Items.ShouldNotContain(m => m.Id == message.Id);
        (await data.OneAsync<string>(data.First.Admin, "select string_agg(event_type, ' ' order by created_at) from audit_logs where resource_id = $1", message.Id.ToString()))
            .ShouldBe("message.blocked message.approved");
        (await Should.ThrowAsync<OvermindException>(service.ApproveAsync(data.Second.Admin, message.Id, null, CancellationToken.None))).Code.ShouldBe(ErrorCode.MessageNotFound);
    }

    [Fact]
    public async Task What_a_hook_is_to_say_is_pending_with_a_job_and_settled_once()
    {
        await SetAsync($$"""{"hook_endpoint_id": "{{Guid.CreateVersion7()}}"}""");
        var message = await AppendAsync(data.Me, await data.ConversationAsync(data.Me), "Pending");
        message.ModerationStatus.ShouldBe(ModerationStatus.Pending);
        (await data.Owner.ScalarAsync<long>("select count(*) from jobs where kind = 'message.moderate' and payload ->> 'message_id' = $1", message.Id.ToString())).ShouldBe(1);

        var service = data.First.Admin with { DatabaseRole = DatabaseRole.ServiceRole };
        await data.OneAsync<string>(service, "select overmind.settle_moderation($1, 'approved', '[]')::text", message.Id);
        (await StatusAsync(message.Id)).ShouldBe("approved");
        await data.OneAsync<string>(service, "select overmind.settle_moderation($1, 'blocked', '[]')::text", message.Id);
        (await StatusAsync(message.Id)).ShouldBe("approved");
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"moderation": {"pending_reaches_models": false}}""", false)]
    [InlineData("""{"moderation": {"pending_reaches_models": "no"}}""", true)]
    public async Task Settings_mean_the_same_to_the_database_and_to_the_server(string settings, bool reaches)
    {
        using var document = System.Text.Json.JsonDocument.Parse(settings);
        ModerationSettings.Read(document.RootElement).PendingReachesModels.ShouldBe(reaches);
        (await data.OneAsync<bool>(data.Me, "select overmind.pending_reaches_models($1::jsonb)", settings)).ShouldBe(reaches);
    }

    async Task SetAsync(string moderation) =>
        await data.DoAsync(data.First.Admin, "update organizations set settings = jsonb_build_object('moderation', $1::jsonb) where id = overmind.org_id()", moderation);

    Task<Message> AppendAsync(Claims caller, Guid conversation, string content)
    {
        var moderator = new Moderator(new ModerationStore(data.Requests), cache, null, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)));
        cache.Clear();
        var service = new ConversationService(new ConversationStore(data.Requests), new MessageStore(data.Requests), moderator: moderator);
        return service.AppendAsync(caller, conversation, new NewMessage { Content = content }, CancellationToken.None);
    }

    Task<string?> StatusAsync(Guid message) => data.Requests.FindAsync<string>(data.First.Admin, "select moderation_status from messages where id = $1", [message], CancellationToken.None);
}
