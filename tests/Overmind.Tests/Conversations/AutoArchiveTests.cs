using Overmind.Conversations;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class AutoArchiveTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    [Fact]
    public async Task A_conversation_without_a_message_for_so_many_days_is_archived_and_a_new_message_takes_it_up_again()
    {
        var store = new ArchiveStore(data.Requests);
        var (stale, fresh) = (await data.ConversationAsync(data.Me), await data.ConversationAsync(data.Me));
        await data.Owner.ExecuteAsync("update conversations set last_activity_at = now() - interval '31 days' where id = $1", stale);
        (await store.OrganizationsAsync(CancellationToken.None)).ShouldBeEmpty();

        await data.DoAsync(data.First.Admin, """update organizations set settings = settings || '{"auto_archive_days": 30}' where id = overmind.org_id()""");
        (await store.OrganizationsAsync(CancellationToken.None)).ShouldBe([data.First.OrganizationId]);
        (await store.ArchiveAsync(data.First.Admin with { DatabaseRole = Overmind.Postgres.DatabaseRole.ServiceRole }, Guid.Empty, CancellationToken.None)).ShouldBe((1, stale));
        (await StatusAsync(stale), await StatusAsync(fresh)).ShouldBe(("archived true", "active false"));

        await data.MessageAsync(data.Me, stale);
        (await StatusAsync(stale)).ShouldBe("active false");
    }

    /// <summary>As the schema that this one comes from does it: once by hand, and by a trigger that the owner adds.</summary>
    [Fact]
    public async Task The_statements_of_before_archive_and_unarchive_as_they_did()
    {
        var conversation = await data.ConversationAsync(data.Me);
        await data.Owner.ExecuteAsync("alter table conversations disable trigger touch_updated_at; update conversations set updated_at = now() - interval '31 days'; alter table conversations enable trigger touch_updated_at");
        await data.Owner.ExecuteAsync(
            """
            CREATE OR REPLACE FUNCTION unarchive_on_message()
            RETURNS TRIGGER AS $$
            BEGIN
              UPDATE public.conversations
              SET is_archived = false
              WHERE id = NEW.conversation_id AND is_archived = true;
              RETURN NEW;
            END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS trg_unarchive_on_message ON public.messages;
            CREATE TRIGGER trg_unarchive_on_message
              BEFORE INSERT ON public.messages
              FOR EACH ROW EXECUTE FUNCTION unarchive_on_message();
            """);

        await data.DoAsync(
            data.Me,
            """
            UPDATE public.conversations
            SET is_archived = true
            WHERE user_id = auth.uid()
              AND is_archived = false
              AND updated_at < NOW() - INTERVAL '30 days'
            """);
        (await StatusAsync(conversation)).ShouldBe("archived true");
        await data.MessageAsync(data.Me, conversation);
        (await StatusAsync(conversation)).ShouldBe("active false");
    }

    Task<string> StatusAsync(Guid conversation) => data.OneAsync<string>(data.Me, "select status || ' ' || is_archived::text from conversations where id = $1", conversation);
}
