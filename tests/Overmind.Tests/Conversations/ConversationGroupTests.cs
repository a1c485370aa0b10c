using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Tests.Postgres;

namespace Overmind.Tests.Conversations;

public class ConversationGroupTests(RoutineDatabase data) : IClassFixture<RoutineDatabase>
{
    readonly ConversationGroupService groups = new(new ConversationGroupStore(data.Requests));

    [Fact]
    public async Task Folders_and_tags_are_counted_renamed_and_merged_within_what_one_sees()
    {
        await MakeAsync("'{a,b}'", "'Work'");
        await MakeAsync("'{a,c}'", "'Work'");
        await MakeAsync("'{c}'", "'Home'", "archived");

        (await groups.FoldersAsync(data.Me, CancellationToken.None)).Where(f => f.Name is "Home" or "Work").Select(f => (f.Object, f.Name, f.ConversationCount, f.ArchivedCount))
            .ShouldBe([("conversation.group", "Home", 1, 1), ("conversation.group", "Work", 2, 0)]);
        (await groups.TagsAsync(data.Me, CancellationToken.None)).Where(t => t.Name.Length == 1).Select(t => (t.Object, t.Name, t.ConversationCount))
            .ShouldBe([("conversation.group", "a", 2), ("conversation.group", "c", 2), ("conversation.group", "b", 1)]);
        (await groups.FoldersAsync(data.First.OtherUser, CancellationToken.None)).ShouldBeEmpty();
        (await groups.RenameFolderAsync(data.Second.Admin, "Work", "Theirs", CancellationToken.None)).ShouldBe(0);

        (await groups.RenameFolderAsync(data.Me, "Work", "Home", CancellationToken.None)).ShouldBe(2);
        (await groups.MergeTagAsync(data.Me, "c", "a", CancellationToken.None)).ShouldBe(2);
        (await groups.FoldersAsync(data.Me, CancellationToken.None)).Where(f => f.Name is "Home" or "Work").ShouldHaveSingleItem().ConversationCount.ShouldBe(3);
        (await groups.TagsAsync(data.Me, CancellationToken.None)).Where(t => t.Name.Length == 1).Select(t => (t.Name, t.ConversationCount)).ShouldBe([("a", 3), ("b", 1)]);

        (await Should.ThrowAsync<OvermindException>(groups.MergeTagAsync(data.Me, "a", "a", CancellationToken.None))).Param.ShouldBe("into");
        (await Should.ThrowAsync<OvermindException>(groups.RenameFolderAsync(data.First.Viewer, "Home", "Work", CancellationToken.None))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_tag_folder_project_and_status()
    {
        var service = new ConversationService(new ConversationStore(data.Requests), new MessageStore(data.Requests));
        var wanted = await MakeAsync("'{narrow}'", "'Narrow'");
        await MakeAsync("'{narrow}'", "'Narrow'", "archived");
        await MakeAsync("'{}'", "'Narrow'");

        (await ListAsync(new() { Tag = "narrow", Status = ConversationStatus.Active })).ShouldBe([wanted]);
        (await ListAsync(new() { Folder = "Narrow" })).Count.ShouldBe(3);
        (await ListAsync(new() { Tag = "nobody's" })).ShouldBeEmpty();
        (await ListAsync(new() { ProjectId = Guid.CreateVersion7() })).ShouldBeEmpty();

        await data.DoAsync(data.First.OtherUser, "insert into conversations (tags) select '{many}' from generate_series(1, 1200)");
        var many = await service.ListAsync(data.First.OtherUser, new ConversationFilter { Tag = "many" }, new PageRequest { Limit = 100 }, CancellationToken.None);
        (many.Items.Count, many.HasMore).ShouldBe((100, true));
        (await data.OneAsync<int>(data.First.OtherUser, "select coalesce(cardinality(overmind.search_tagged_conversations('many')), -1)")).ShouldBe(-1);
        (await data.OneAsync<int>(data.Me, "select coalesce(cardinality(overmind.search_tagged_conversations('many')), -1)")).ShouldBe(0);

        async Task<List<Guid>> ListAsync(ConversationFilter filter) =>
            [.. (await service.ListAsync(data.Me, filter, PageRequest.First, CancellationToken.None)).Items.Select(c => c.Id)];
    }

    Task<Guid> MakeAsync(string tags, string folder, string status = "active") =>
        data.OneAsync<Guid>(data.Me, $"insert into conversations (tags, folder, status) values ({tags}, {folder}, '{status}') returning id");
}
