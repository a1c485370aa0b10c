using System.Text.Json;
using Overmind.Conversations;
using Overmind.Conversations.Attachments;
using Overmind.Errors;
using Overmind.Files;
using Overmind.Postgres;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations.Attachments;

public class MessageAttachmentTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly AttachmentService service = Samples.Service(data.Requests);
    readonly ConversationService conversations = Samples.Conversations(data.Requests);

    [Fact]
    public async Task A_message_takes_what_it_shows_into_its_conversation()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var attachment = await service.UploadAsync(data.Me, "The rope is 12 mm.");
        var message = await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);

        message.Content.ShouldBe("Look\nnotes.txt");
        var part = message.ContentParts!.Value.Parse().GetProperty("parts")[1];
        (part.GetProperty("name").GetString(), part.GetProperty("media_type").GetString(), part.GetProperty("size_bytes").GetInt32()).ShouldBe(("notes.txt", "text/plain", 18));
        var taken = await service.GetAsync(data.Me, attachment.Id, CancellationToken.None);
        (taken.ConversationId, taken.MessageIds.Single()).ShouldBe((conversation, message.Id));
        (await service.ListAsync(data.Me, conversation, PageRequest.First, CancellationToken.None)).Items.ShouldHaveSingleItem().Id.ShouldBe(attachment.Id);
    }

    [Fact]
    public async Task It_is_seen_by_whoever_sees_the_conversation_also_when_that_changes()
    {
        var conversation = await data.OneAsync<Guid>(data.First.OtherUser, "insert into conversations (visibility) values ('organization') returning id");
        var attachment = await service.UploadAsync(data.Me, "Shown to all");
        await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);
        (await service.GetAsync(data.First.Viewer, attachment.Id, CancellationToken.None)).UserId.ShouldBe(data.First.OtherUser.UserId!.Value);

        await data.DoAsync(data.First.OtherUser, "update conversations set visibility = 'private' where id = $1", conversation);
        await NotFoundAsync(data.First.Viewer, attachment);
        await NotFoundAsync(data.Me, attachment);
        (await service.GetAsync(data.First.OtherUser, attachment.Id, CancellationToken.None)).UploadedBy.ShouldBe(data.Me.UserId!.Value);
    }

    [Fact]
    public async Task A_message_shows_nothing_of_others_of_another_conversation_or_that_is_not_there()
    {
        var mine = await data.ConversationAsync(data.Me);
        var other = await data.ConversationAsync(data.Me);
        var theirs = await service.UploadAsync(data.First.OtherUser, "Theirs");
        var foreign = await service.UploadAsync(data.Second.User, "Foreign");
        var used = await service.UploadAsync(data.Me, "Used");
        await conversations.AppendAsync(data.Me, other, Samples.Showing(used), CancellationToken.None);
        var deleted = await service.UploadAsync(data.Me, "Deleted");
        await service.DeleteAsync(data.Me, deleted.Id, CancellationToken.None);
        foreach (var attachment in (Attachment[])[theirs, foreign, used, deleted, used with { Id = Guid.CreateVersion7() }])
        {
            var refused = await Should.ThrowAsync<OvermindException>(conversations.AppendAsync(data.Me, mine, Samples.Showing(attachment), CancellationToken.None));
            (refused.Code, refused.Param).ShouldBe((ErrorCode.InvalidValue, "content_parts.parts[1].attachment_id"));
            // As in SQL.
            (await data.RefusedAsync(
                data.Me, "insert into messages (conversation_id, role, content, content_parts) values ($1, 'user', 'x', $2::jsonb)", mine,
                Samples.Showing(attachment).ContentParts!.Value.GetRawText())).ShouldBe("23503");
        }

        (await data.RefusedAsync(
            data.Me, "insert into messages (conversation_id, role, content, content_parts) values ($1, 'user', 'x', $2::jsonb)", mine,
            """{"type": "multimodal", "parts": [{"type": "image", "attachment_id": "no id"}]}""")).ShouldBe("23503");
        (await data.OneAsync<long>(data.Me, "select count(*) from messages where conversation_id = $1", mine)).ShouldBe(0);
    }

    [Fact]
    public async Task A_part_is_of_the_kind_that_the_file_is()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var text = await service.UploadAsync(data.Me, "No picture");
        var refused = await Should.ThrowAsync<OvermindException>(conversations.AppendAsync(data.Me, conversation, Samples.Showing(text, "image"), CancellationToken.None));
        refused.Param.ShouldBe("content_parts.parts[1].type");
        var both = JsonElement.Parse($$"""{"type": "multimodal", "parts": [{"type": "file", "attachment_id": "{{text.Id}}", "url": "https://example.com/x"}, {"type": "file", "attachment_id": 7}]}""");
        refused = await Should.ThrowAsync<OvermindException>(conversations.AppendAsync(data.Me, conversation, new NewMessage { ContentParts = both }, CancellationToken.None));
        refused.Errors!.Keys.ShouldBe(["content_parts.parts[0].url", "content_parts.parts[1].attachment_id"]);
    }

    [Fact]
    public async Task What_is_deleted_hides_what_it_shows_and_brings_it_back()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var attachment = await service.UploadAsync(data.Me, "Hidden with its message");
        var first = await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);
        var second = await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);

        await conversations.DeleteMessageAsync(data.Me, conversation, first.Id, CancellationToken.None);
        (await service.GetAsync(data.Me, attachment.Id, CancellationToken.None)).MessageIds.ShouldBe([second.Id]);
        await conversations.DeleteMessageAsync(data.Me, conversation, second.Id, CancellationToken.None);
        await NotFoundAsync(data.Me, attachment);
        await conversations.RestoreMessageAsync(data.Me, conversation, first.Id, CancellationToken.None);
        (await service.GetAsync(data.Me, attachment.Id, CancellationToken.None)).MessageIds.ShouldBe([first.Id]);

        await conversations.DeleteAsync(data.Me, conversation, CancellationToken.None);
        await NotFoundAsync(data.Me, attachment);
        await conversations.RestoreAsync(data.Me, conversation, CancellationToken.None);
        await service.GetAsync(data.Me, attachment.Id, CancellationToken.None);
    }

    [Fact]
    public async Task A_message_whose_attachment_is_gone_is_still_edited()
    {
        var versions = new MessageVersionService(new MessageStore(data.Requests), new MessageVersionStore(data.Requests), attachments: Samples.OfMessages(data.Requests));
        var conversation = await data.ConversationAsync(data.Me);
        var attachment = await service.UploadAsync(data.Me, "Gone");
        var message = await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);
        await service.DeleteAsync(data.Me, attachment.Id, CancellationToken.None);

        var parts = message.ContentParts!.Value.Parse().GetRawText().Replace("Look", "Look again", StringComparison.Ordinal);
        var edited = await versions.EditAsync(
            data.Me, conversation, message.Id, new MessagePatch { ContentParts = new(JsonElement.Parse(parts)) }, null, CancellationToken.None);
        edited.Content.ShouldStartWith("Look again");
        var other = await service.UploadAsync(data.First.OtherUser, "Another's");
        (await Should.ThrowAsync<OvermindException>(versions.EditAsync(
            data.Me, conversation, message.Id, new MessagePatch { ContentParts = new(Samples.Showing(other).ContentParts) }, null, CancellationToken.None)))
            .Param.ShouldBe("content_parts.parts[1].attachment_id");
    }

    [Fact]
    public async Task Others_in_a_shared_conversation_do_not_delete_what_one_has_sent()
    {
        var conversation = await data.OneAsync<Guid>(data.Me, "insert into conversations (visibility) values ('organization') returning id");
        var attachment = await service.UploadAsync(data.Me, "Kept");
        await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);
        (await data.RefusedAsync(data.First.OtherUser, "update attachments set deleted_at = now() where id = $1", attachment.Id)).ShouldBe("42501");
        await service.DeleteAsync(data.First.Admin, attachment.Id, CancellationToken.None);
    }

    [Fact]
    public async Task What_nobody_needs_any_more_is_purged_with_its_content_and_nothing_else()
    {
        var store = new AttachmentStore(data.Requests);
        var conversation = await data.ConversationAsync(data.Me);
        var kept = await service.UploadAsync(data.Me, "Kept by its message");
        await conversations.AppendAsync(data.Me, conversation, Samples.Showing(kept), CancellationToken.None);
        var purged = await service.UploadAsync(data.Me, "Purged with its message");
        var gone = await conversations.AppendAsync(data.Me, conversation, Samples.Showing(purged), CancellationToken.None);
        var deleted = await service.UploadAsync(data.Me, "Deleted by hand");
        var unused = await service.UploadAsync(data.Me, "Never used");
        var young = await service.UploadAsync(data.Me, "Sent just now");
        var twin = await service.UploadAsync(data.Me, "Never used", "twin.txt");
        await conversations.AppendAsync(data.Me, conversation, Samples.Showing(twin), CancellationToken.None);
        await data.Owner.ExecuteAsync("delete from messages where id = $1", gone.Id);
        await data.Owner.ExecuteAsync("update attachments set created_at = created_at - interval '25 hours', deleted_at = case when id = $1 then now() - interval '25 hours' end where id = any ($2)",
            deleted.Id, new[] { deleted.Id, unused.Id, kept.Id, purged.Id, twin.Id });
        await data.Owner.ExecuteAsync("update file_contents set last_stored_at = now() - interval '2 hours' where sha256 <> decode($1, 'hex')", young.Sha256);

        await PurgeAsync();
        Attachment[] all = [kept, purged, deleted, unused, young, twin];
        (await ExistAsync("select count(*) from attachments where id = $1", a => a.Id)).ShouldBe([true, false, false, false, true, true]);
        (await ExistAsync("select count(*) from file_contents where sha256 = decode($1, 'hex')", a => a.Sha256)).ShouldBe([true, false, false, true, true, true]);
        (await data.Owner.ScalarAsync<long>("select count(*) from file_chunks c where not exists (select from file_contents f where f.sha256 = c.sha256)")).ShouldBe(0);
        (await service.BytesAsync(data.Me, twin)).ShouldBe(Samples.Text("Never used"));

        async Task PurgeAsync()
        {
            for ((int, (Guid, Guid)? Last) at = (0, (Guid.Empty, Guid.Empty)); at.Last is not null; at = await store.PurgeAsync(at.Last, CancellationToken.None))
            {
            }

            var files = new FileStore(data.Requests);
            for ((int, (Guid, byte[])? Last) at = (0, (Guid.Empty, [])); at.Last is not null; at = await files.DeleteUnusedAsync(at.Last, CancellationToken.None))
            {
            }
        }

        async Task<IEnumerable<bool>> ExistAsync(string sql, Func<Attachment, object> of)
        {
            var exist = new List<bool>();
            foreach (var attachment in all)
                exist.Add(await data.Owner.ScalarAsync<long>(sql, of(attachment)) > 0);
            return exist;
        }
    }

    [Fact]
    public async Task A_conversation_that_goes_takes_its_attachments_along()
    {
        var conversation = await data.ConversationAsync(data.Me);
        var attachment = await service.UploadAsync(data.Me, "Goes along");
        await conversations.AppendAsync(data.Me, conversation, Samples.Showing(attachment), CancellationToken.None);
        await data.DoAsync(data.Me, "delete from conversations where id = $1", conversation);
        (await data.Owner.ScalarAsync<long>("select count(*) from attachments where id = $1", attachment.Id)).ShouldBe(0);
    }

    async Task NotFoundAsync(Claims claims, Attachment attachment) =>
        (await Should.ThrowAsync<OvermindException>(service.GetAsync(claims, attachment.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.AttachmentNotFound);
}
