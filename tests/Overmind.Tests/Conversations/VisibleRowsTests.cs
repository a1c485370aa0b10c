using Overmind.Conversations;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Conversations;

public class VisibleRowsTests(TestPostgres postgres)
{
    static readonly string[] Own = ["shared of user", "private of user"];
    static readonly string[] OfOthers = ["shared of other", "private of other"];

    [Fact]
    public async Task A_member_lists_their_own_and_the_shared_an_admin_lists_all()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var (first, second) = await TestTenants.CreateAsync(database);
        await AddAsync(database, first.User, Own);
        await AddAsync(database, first.OtherUser, OfOthers);
        await AddAsync(database, second.User, ["shared elsewhere"]);

        (await ListAsync(database, first.User)).ShouldBe([.. Own, "shared of other"], ignoreOrder: true);
        (await ListAsync(database, first.Viewer)).ShouldBe(["shared of user", "shared of other"], ignoreOrder: true);
        (await ListAsync(database, first.Admin)).ShouldBe([.. Own, .. OfOthers], ignoreOrder: true);
        (await ListAsync(database, Claims.None)).ShouldBeEmpty();
    }

    static async Task AddAsync(TestDatabase database, Claims owner, IEnumerable<string> titles)
    {
        foreach (var title in titles)
            await database.Database.ExecuteAsync(
                owner,
                "insert into conversations (title, visibility) values ($1, case when $1 like 'shared%' then 'organization' else 'private' end)",
                [title],
                CancellationToken.None);
    }

    /// <summary>Page by page of one, oldest first; of one millisecond in any order.</summary>
    static async Task<List<string>> ListAsync(TestDatabase database, Claims claims)
    {
        var service = new ConversationService(new ConversationStore(database.Database), new MessageStore(database.Database));
        var titles = new List<string>();
        Guid? after = null;
        do
        {
            var page = await service.ListAsync(
                claims, new PageRequest { Limit = 1, Order = PageOrder.Asc, After = after }, null, CancellationToken.None);
            titles.AddRange(page.Items.Select(c => c.Title));
            after = page.HasMore ? page.Items[^1].Id : null;
        }
        while (after is not null);
        return titles;
    }
}
