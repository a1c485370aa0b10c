using System.Text;
using Overmind.Conversations;
using Overmind.Memory;
using Overmind.WebConsole.Memory;

namespace Overmind.WebConsole.Tests.Memory;

public class MemoryFormTests
{
    [Theory]
    [InlineData(MemoryType.Episodic, """{"event": "Met", "temporal": {"at": "2026"}}""", "Met", """{"at":"2026"}""")]
    [InlineData(MemoryType.Semantic, """{"concept": "Tea", "definition": "a drink"}""", "Tea", "a drink")]
    [InlineData(MemoryType.Procedural, """{"skill": "Tie", "steps": ["Loop", {"do": "pull"}]}""", "Tie", "Loop\n{\"do\":\"pull\"}")]
    [InlineData(MemoryType.Working, """{"items": ["One", 2], "capacity": 4}""", "One\n2", "")]
    public void A_memory_is_shown_by_the_parts_of_its_type_and_unchanged_is_no_change(MemoryType type, string parts, string first, string second)
    {
        var form = MemoryForm.Of(Sample(type, parts));
        (form.First, form.Second).ShouldBe((first, second));
        form.IsWritten.ShouldBeFalse();
    }

    [Fact]
    public void Steps_are_lines_and_what_the_form_does_not_show_stays()
    {
        var form = MemoryForm.Of(Sample(MemoryType.Procedural, """{"skill": "Tie", "steps": ["Loop"], "level": 3}"""));
        form.Second = "Loop\n\n {\"do\": \"pull\"} \n{half";
        form.ToPatch().ContentParts!.Value.GetRawText().ShouldBe("""{"skill":"Tie","steps":["Loop",{"do":"pull"},"{half"],"level":3}""");
    }

    [Fact]
    public void Only_what_was_changed_is_sent()
    {
        var form = MemoryForm.Of(Sample(MemoryType.Semantic, """{"concept": "Tea", "definition": "a drink"}"""));
        (form.Tags, form.Category, form.Pinned) = ("hot,  cold ,", " ", true);
        var patch = form.ToPatch();
        patch.Tags.ShouldBe(["hot", "cold"]);
        patch.Category.ShouldBe(new Change<string?>(null));
        (patch.Pinned, patch.ContentParts, patch.Importance, patch.Visibility).ShouldBe((true, null, null, null));
        form.Importance = "much";
        form.ToPatch().Importance.ShouldBe(-1, "which the service refuses");
    }

    static MemoryItem Sample(MemoryType type, string parts) => new()
    {
        Id = Guid.CreateVersion7(),
        MemoryType = type,
        Category = "kept",
        Content = "x",
        ContentParts = new JsonText(Encoding.UTF8.GetBytes(parts)),
        OwnerType = MemoryOwner.User,
        OwnerId = Guid.Empty,
        UserId = Guid.Empty,
        Visibility = Visibility.Private,
        Tags = ["hot"],
        Metadata = default,
        Importance = 0.5,
        Recency = 1,
        DecayRate = 0.1,
        Pinned = false,
        AccessCount = 0,
        LastAccessedAt = default,
        ValidFrom = default,
        RelatedMemories = [],
        Source = MemorySource.User,
        VersionNumber = 1,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
