using Overmind.Errors;
using Overmind.WebConsole.Editing;

namespace Overmind.WebConsole.Tests.Editing;

public class EditRefusalTests
{
    static readonly HashSet<string> Settings = ["name", "agents"];

    [Fact]
    public void What_is_wrong_with_a_setting_is_told_at_the_setting_alone()
    {
        var refusal = EditRefusal.Of(new OvermindException(ErrorCode.InvalidValue, "name has 1 to 255 characters, not 0.", "name"), Settings);

        refusal.Sentence.ShouldBeNull();
        refusal["name"].ShouldBe("name has 1 to 255 characters, not 0.");
    }

    [Fact]
    public void What_is_wrong_with_items_of_a_list_is_told_at_the_list()
    {
        var refusal = EditRefusal.Of(
            new OvermindException(ErrorCode.InvalidValue, "There is no agent a.", "agents[0]")
            {
                Errors = new Dictionary<string, string> { ["agents[0]"] = "There is no agent a.", ["agents[2]"] = "The agent b is not active." },
            },
            Settings);

        refusal["agents"].ShouldBe("There is no agent a. The agent b is not active.");
    }

    [Fact]
    public void What_is_wrong_with_a_member_of_an_object_is_told_at_the_object() =>
        EditRefusal.Of(new OvermindException(ErrorCode.InvalidValue, "name.first is too long.", "name.first"), Settings)["name"].ShouldBe("name.first is too long.");

    [Fact]
    public void What_the_form_does_not_show_is_told_for_the_whole()
    {
        EditRefusal.Of(new OvermindException(ErrorCode.Forbidden, "Only admins do that."), Settings).Sentence.ShouldBe("Only admins do that.");
        EditRefusal.Of(new OvermindException(ErrorCode.InvalidValue, "settings is too long.", "settings"), Settings).Sentence.ShouldBe("settings is too long.");
    }

    [Fact]
    public void A_failure_that_is_not_the_persons_shows_nothing_of_its_inside() =>
        EditRefusal.Of(new InvalidOperationException("password=secret"), Settings).Sentence.ShouldBe("It could not be stored. Try again.");
}
