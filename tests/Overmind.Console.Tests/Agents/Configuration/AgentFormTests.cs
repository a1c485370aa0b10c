using Overmind.Agents;
using Overmind.WebConsole.Agents.Configuration;

namespace Overmind.WebConsole.Tests.Agents.Configuration;

public class AgentFormTests
{
    [Fact]
    public void A_schema_is_stored_with_the_format_json_alone_and_kept_while_another_is_tried()
    {
        var form = new AgentForm { Format = OutputFormat.Json, Schema = """{"type":"object"}""" };
        form.ToNew().OutputSchema.ShouldBe("""{"type":"object"}""");

        form.Format = OutputFormat.Markdown;
        form.ToPatch().OutputSchema!.Value.ShouldBeNull();
        form.Schema.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_schema_that_is_none_is_told_while_it_is_written()
    {
        new AgentForm { Format = OutputFormat.Json, Schema = "{" }.SchemaFault.ShouldNotBeNull();
        new AgentForm { Format = OutputFormat.Json, Schema = "[1]" }.SchemaFault!.ShouldContain("an object");
        new AgentForm { Format = OutputFormat.Json, Schema = """{"type":"object"}""" }.SchemaFault.ShouldBeNull();
        new AgentForm { Format = OutputFormat.Markdown, Schema = "{" }.SchemaFault.ShouldBeNull();
    }

    [Fact]
    public void What_is_empty_is_the_default_or_is_asked_for()
    {
        var made = new AgentForm { Key = " a ", Name = "A ", Goal = "g", Backstory = "b" }.ToNew();

        (made.Key, made.Name, made.Role, made.Model).ShouldBe(("a", "A", null, null));
        new AgentForm { MaxTokens = null }.Fault()!["max_tokens"].ShouldNotBeNull();
        new AgentForm { Model = "gpt" }.Fault()!["model"].ShouldNotBeNull();
        new AgentForm().Fault().ShouldBeNull();
    }

    [Fact]
    public void Two_edits_are_told_by_the_settings_in_which_they_differ()
    {
        var (mine, theirs) = (new AgentForm { Name = "Mine", Goal = "g" }, new AgentForm { Name = "Theirs", Goal = "g", Model = "offline/offline" });

        mine.Against(theirs).Select(d => (d.Name, d.Theirs, d.Yours)).ShouldBe([("Name", "Theirs", "Mine"), ("Model", "offline/offline", "–")]);
    }

    [Theory]
    [InlineData(0, "Nearly the same")]
    [InlineData(0.3, "Precise")]
    [InlineData(0.7, "Balanced")]
    [InlineData(1.2, "Inventive")]
    [InlineData(2, "Wild")]
    public void A_temperature_is_told_in_words(double temperature, string start) => AgentWords.Temperature(temperature).ShouldStartWith(start);
}
