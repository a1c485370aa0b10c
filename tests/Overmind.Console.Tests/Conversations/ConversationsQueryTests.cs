using Overmind.Conversations;
using Overmind.WebConsole.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class ConversationsQueryTests
{
    [Fact]
    public void Archived_ones_are_out_of_the_way_unless_they_are_asked_for()
    {
        ConversationsQuery.Of(null, null, null, null).Status.ShouldBe(ConversationStatus.Active);
        ConversationsQuery.Of(null, null, "archived", null).Status.ShouldBe(ConversationStatus.Archived);
        ConversationsQuery.Of(null, null, "any", null).Status.ShouldBeNull();
    }

    [Fact]
    public void Its_address_leads_to_the_same_list()
    {
        var query = new ConversationsQuery { Folder = "a & b", Tag = "ü", Status = null, After = Guid.CreateVersion7() };

        query.Address.ShouldBe($"conversations?folder=a%20%26%20b&tag=%C3%BC&status=any&after={query.After}");
        ConversationsQuery.Of(query.Folder, query.Tag, "any", query.After).ShouldBe(query);
        new ConversationsQuery().Address.ShouldBe("conversations");
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("no such status")]
    public void What_makes_no_sense_in_an_address_is_left_out(string status) =>
        ConversationsQuery.Of(" ", new string('x', 101), status, null).ShouldBe(new ConversationsQuery());

    [Fact]
    public void A_form_gives_each_tag_once_and_an_empty_folder_is_none()
    {
        var patch = (FiledConversation.Of(Guid.Empty, "Old", "garden", ["a"]) with { Title = " New ", Folder = " ", Tags = "a, b,,a , c" }).Patch;

        patch.Title.ShouldBe("New");
        patch.Folder!.Value.ShouldBeNull();
        patch.Tags.ShouldBe(["a", "b", "c"]);
    }
}
