using Overmind.Conversations.Sharing;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Sharing;

public class ShareTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly ShareService shares = new(new ShareStore(data.Requests), TimeProvider.System);

    [Fact]
    public async Task A_link_shows_the_conversation_as_it_was_when_it_was_shared()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation, "You are a helper.", "system");
        var edited = await data.MessageAsync(data.Me, conversation, "Which knot?");
        await data.MessageAsync(data.Me, conversation, "A bowline.", "assistant");
        var deleted = await data.MessageAsync(data.Me, conversation, "And a bend?");
        await data.DoAsync(data.Me, "update messages set content = 'Which knot holds?' where id = $1", edited);
        var (share, token) = await ShareAsync(conversation);

        await data.DoAsync(data.Me, "update messages set content = 'Reworded' where id = $1", edited);
        await data.DoAsync(data.Me, "update messages set content = 'Reworded twice' where id = $1", edited);
        await data.DoAsync(data.Me, "update messages set deleted_at = now() where id = $1", deleted);
        await data.DoAsync(data.Me, "update conversations set title = 'Other' where id = $1", conversation);
        await data.MessageAsync(data.Me, conversation, "Said later");

        var shown = await shares.ViewAsync(token, CancellationToken.None);
        shown.Messages.Select(m => m.Content).ShouldBe(["Which knot holds?", "A bowline."]);
        (shown.Title, shown.SharedAt, shown.HasEarlier).ShouldBe((share.Title, share.CreatedAt, false));
        shown.Title.ShouldNotBe("Other");
    }

    [Fact]
    public async Task Only_the_shared_branch_is_shown_and_nothing_that_moderation_keeps()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var first = await data.MessageAsync(data.Me, conversation, "First");
        await data.MessageAsync(data.Me, conversation, "Abandoned", "assistant");
        await data.DoAsync(data.Me, "insert into messages (conversation_id, role, content, parent_message_id, branch) select $1, 'assistant', 'Chosen', $2, overmind.branch_for_reply($1, $2)", conversation, first);
        await data.DoAsync(data.Me, "insert into messages (conversation_id, role, content, moderation_status) values ($1, 'user', 'Blocked', 'blocked'), ($1, 'user', 'Pending', 'pending'), ($1, 'user', 'Flagged', 'flagged')", conversation);

        var (_, token) = await ShareAsync(conversation);
        (await shares.ViewAsync(token, CancellationToken.None)).Messages.Select(m => m.Content).ShouldBe(["First", "Chosen", "Flagged"]);
        var (_, trunk) = await shares.CreateAsync(data.Me, conversation, new NewShare { Branch = 0 }, CancellationToken.None);
        (await shares.ViewAsync(trunk, CancellationToken.None)).Messages.Select(m => m.Content).ShouldBe(["First", "Abandoned"]);
        (await Should.ThrowAsync<OvermindException>(shares.CreateAsync(data.Me, conversation, new NewShare { Branch = 9 }, CancellationToken.None))).Param.ShouldBe("branch");
    }

    [Fact]
    public async Task A_link_that_is_wrong_expired_or_revoked_or_whose_conversation_is_gone_shows_nothing_in_the_same_words()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.MessageAsync(data.Me, conversation);
        var (revoked, revokedToken) = await ShareAsync(conversation);
        var (expired, expiredToken) = await ShareAsync(conversation);
        var (_, good) = await ShareAsync(conversation);
        await shares.RevokeAsync(data.Me, revoked.Id, CancellationToken.None);
        await data.Owner.ExecuteAsync("update conversation_shares set expires_at = now() - interval '1 second' where id = $1", expired.Id);
        var other = good[..4] + data.Second.OrganizationId.ToString("N") + good[36..];

        var words = new List<string>();
        foreach (var token in (string[])[revokedToken, expiredToken, other, "shr_", "", good[..^1] + (good[^1] == '0' ? '1' : '0'), good.ToUpperInvariant()])
            words.Add((await Should.ThrowAsync<OvermindException>(shares.ViewAsync(token, CancellationToken.None))).Message);
        words.Distinct().ShouldHaveSingleItem();
        (await shares.ViewAsync(good, CancellationToken.None)).Messages.ShouldHaveSingleItem();

        await data.DoAsync(data.Me, "update conversations set status = 'deleted' where id = $1", conversation);
        (await Should.ThrowAsync<OvermindException>(shares.ViewAsync(good, CancellationToken.None))).Code.ShouldBe(ErrorCode.ShareNotFound);
    }

    [Fact]
    public async Task Owners_and_admins_share_and_whoever_shared_sees_and_revokes_it()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.DoAsync(data.Me, "update conversations set visibility = 'organization' where id = $1", conversation);
        (await RefusalAsync(data.First.OtherUser, conversation)).ShouldBe(ErrorCode.Forbidden);
        (await RefusalAsync(data.First.Viewer, conversation)).ShouldBe(ErrorCode.Forbidden);
        (await RefusalAsync(data.Second.Admin, conversation)).ShouldBe(ErrorCode.ConversationNotFound);
        (await RefusalAsync(data.Me, conversation, new NewShare { ExpiresAt = DateTimeOffset.UnixEpoch })).ShouldBe(ErrorCode.InvalidValue);

        var (share, _) = await ShareAsync(conversation);
        (await shares.ListAsync(data.Me, conversation, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem().Status.ShouldBe(ShareStatus.Active);
        (await shares.ListAsync(data.First.OtherUser, null, PageRequest.First, CancellationToken.None)).Items.ShouldBeEmpty();
        (await shares.ListAsync(data.First.Admin, conversation, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();
        (await Should.ThrowAsync<OvermindException>(shares.RevokeAsync(data.First.OtherUser, share.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.ShareNotFound);
        await shares.RevokeAsync(data.First.Admin, share.Id, CancellationToken.None);
        (await Should.ThrowAsync<OvermindException>(shares.RevokeAsync(data.Me, share.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.ShareNotFound);
        (await shares.ListAsync(data.Me, conversation, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem().Status.ShouldBe(ShareStatus.Revoked);
        (await data.OneAsync<string>(data.First.Admin, "select string_agg(event_type, ' ' order by created_at) from audit_logs where resource_id = $1", share.Id.ToString()))
            .ShouldBe("share.created share.revoked");
        (await data.RefusedAsync(data.Me, "select token_hash from conversation_shares")).ShouldBe("42501");
    }

    [Fact]
    public async Task Views_are_counted_each_once_and_leave_the_shares_version()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var (share, token) = await ShareAsync(conversation);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shares.ViewAsync(token, CancellationToken.None)));
        var before = await data.OneAsync<DateTime>(data.Me, "select updated_at from conversation_shares where id = $1", share.Id);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => new ShareStore(data.Requests).FoldAsync(CancellationToken.None)));

        var counted = (await shares.ListAsync(data.Me, conversation, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem();
        counted.ViewCount.ShouldBe(10);
        counted.LastViewedAt.ShouldNotBeNull();
        (await data.OneAsync<DateTime>(data.Me, "select updated_at from conversation_shares where id = $1", share.Id)).ShouldBe(before);
    }

    [Fact]
    public void A_token_that_strays_into_a_log_tells_nothing()
    {
        var token = ShareToken.Generate(Guid.CreateVersion7());
        token.ToString().ShouldBe("shr_…");
        ShareToken.Parse(token.Text).ShouldBe(token);
        token.SecretHash.Length.ShouldBe(64);
    }

    Task<(Share Share, string Token)> ShareAsync(Guid conversation) => shares.CreateAsync(data.Me, conversation, new NewShare(), CancellationToken.None);

    async Task<ErrorCode> RefusalAsync(Claims caller, Guid conversation, NewShare? share = null) =>
        (await Should.ThrowAsync<OvermindException>(shares.CreateAsync(caller, conversation, share ?? new NewShare(), CancellationToken.None))).Code;
}
