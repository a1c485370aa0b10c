using System.Text.Json;
using Overmind.Conversations;
using Overmind.Conversations.Templates;
using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Tests.Conversations.Templates;

public class TemplateRendererTests
{
    [Fact]
    public void Values_take_the_places_of_their_names_and_are_text_and_nothing_else()
    {
        var rendered = Render(
            [Segment("a", "{{ who }} and {{who}}: {{n}} {{yes}} {{tone}}{{none}}.")],
            [Variable("who"), Variable("n", TemplateVariableType.Number), Variable("yes", TemplateVariableType.Boolean), Tone("\"dry\""), Variable("none")],
            """{"who": "{{n}} {{#if}}", "n": 1.50, "yes": true}""");
        rendered.Messages.ShouldBe([new RenderedMessage { Role = MessageRole.System, Content = "{{n}} {{#if}} and {{n}} {{#if}}: 1.50 true dry." }]);
    }

    [Theory]
    [InlineData("Hello {{who")]
    [InlineData("{{#if who}}x{{/if}}")]
    [InlineData("{{who.name}}")]
    [InlineData("{{{who}}}")]
    [InlineData("{{ {{who}} }}")]
    [InlineData("{{}}")]
    [InlineData("{{1st}}")]
    public void What_is_no_name_between_braces_is_refused(string content) =>
        Refused([Segment("a", content + "{{who}}")], [Variable("who")]).Param.ShouldBe("segments[0].content");

    [Fact]
    public void Names_and_variables_are_the_same()
    {
        Refused([Segment("a", "{{who}} {{what}}")], [Variable("who")]).Errors!.Keys.ShouldBe(["segments[0].content"]);
        Refused([Segment("a", "{{who}}")], [Variable("who"), Variable("what")]).Errors!.Keys.ShouldBe(["variables[1].name"]);
        Refused([Segment("a", "{{who}}"), Segment("a", "{{who}}")], [Variable("who"), Variable("who")]).Errors!.Keys.ShouldBe(["variables[1].name", "segments[1].name"]);
    }

    [Fact]
    public void A_default_is_of_its_type_and_of_a_variable_that_need_not_be_given()
    {
        Refused([Segment("a", "{{n}}")], [Variable("n", TemplateVariableType.Number, "\"three\"")]).Param.ShouldBe("variables[0].default");
        Refused([Segment("a", "{{n}}")], [Variable("n", TemplateVariableType.Number, "3") with { Required = true }]).Param.ShouldBe("variables[0].default");
        Refused([Segment("a", "{{tone}}")], [Tone("\"loud\"")]).Param.ShouldBe("variables[0].default");
        Refused([Segment("a", "{{tone}}")], [Tone(null) with { Values = [] }]).Param.ShouldBe("variables[0].values");
        Refused([Segment("a", "{{n}}")], [Variable("n") with { Values = ["a"] }]).Param.ShouldBe("variables[0].values");
    }

    [Theory]
    [InlineData("{}", "missing_field", "variables.who")]
    [InlineData("""{"who": null}""", "missing_field", "variables.who")]
    [InlineData("""{"who": 1}""", "invalid_value", "variables.who")]
    [InlineData("""{"who": ["a"]}""", "invalid_value", "variables.who")]
    [InlineData("""{"who": "a", "tone": "loud"}""", "invalid_value", "variables.tone")]
    [InlineData("""{"who": "a", "whom": "b"}""", "invalid_value", "variables.whom")]
    public void A_value_that_does_not_fit_is_told_by_its_name(string values, string code, string param)
    {
        var refused = Should.Throw<OvermindException>(() => Render([Segment("a", "{{who}} {{tone}}")], [Variable("who") with { Required = true }, Tone(null)], values));
        (LowerSnake.Write(refused.Code), refused.Param).ShouldBe((code, param));
    }

    [Theory]
    [InlineData("openai/gpt-4o", false)]
    [InlineData("anthropic/claude", true)]
    public void A_segment_is_cut_at_its_most_tokens_and_says_so(string model, bool isEstimated)
    {
        var rendered = Render(
            [Segment("long", "{{text}}") with { MaxTokens = 10 }, Segment("short", "Fits.") with { MaxTokens = 10 }], [Variable("text")],
            $$"""{"text": "{{string.Concat(Enumerable.Repeat("wörter 🙂 ", 100))}}"}""", ModelReference.Parse(model));
        rendered.Segments.Select(s => (s.Name, s.Cut, s.LeftOut)).ShouldBe([("long", true, false), ("short", false, false)]);
        rendered.Segments[0].Tokens.ShouldBeInRange(6, 10);
        rendered.Messages[0].Content.ShouldStartWith("wörter");
        rendered.Messages[0].Content.ShouldNotContain('\uFFFD');
        char.IsHighSurrogate(rendered.Messages[0].Content[^1]).ShouldBeFalse();
        (rendered.Tokens, rendered.IsEstimated).ShouldBe((rendered.Segments.Sum(s => s.Tokens), isEstimated));
    }

    [Fact]
    public void Where_not_all_fit_the_lowest_priority_is_left_out_and_of_equals_the_last()
    {
        List<TemplateSegment> segments =
        [
            Segment("rules", "one two three") with { Priority = 100 }, Segment("first", "one two three"), Segment("second", "one two three"),
            Segment("least", "one two three") with { Priority = 1 }, Segment("nothing", "{{text}}"),
        ];
        LeftOut(null).ShouldBe("nothing");
        LeftOut(9).ShouldBe("least nothing");
        LeftOut(6).ShouldBe("second least nothing");
        LeftOut(3).ShouldBe("first second least nothing");
        LeftOut(1).ShouldBe("rules first second least nothing");

        string LeftOut(int? maxTokens) => string.Join(
            ' ', Render(segments, [Variable("text")], "{}", maxTokens: maxTokens).Segments.Where(s => s.LeftOut).Select(s => s.Name));
    }

    [Fact]
    public void A_long_value_in_many_places_is_refused_before_it_is_built()
    {
        var content = string.Concat(Enumerable.Repeat("{{a}}", 10_000));
        Should.Throw<OvermindException>(() => Render([Segment("a", content)], [Variable("a")], $$"""{"a": "{{new string('x', 90_000)}}"}"""))
            .Code.ShouldBe(ErrorCode.MessageTooLarge);
    }

    [Fact]
    public void A_wording_that_an_SQL_client_wrote_is_told_what_is_wrong_with_it() =>
        Should.Throw<OvermindException>(() => Render([Segment("a", "{{b}}")], [], "{}")).Param.ShouldBe("segments[0].content");

    static TemplateSegment Segment(string name, string content) => new() { Name = name, Role = MessageRole.System, Content = content };

    static TemplateVariable Variable(string name, TemplateVariableType type = TemplateVariableType.String, string? standing = null) =>
        new() { Name = name, Type = type, Default = standing is null ? null : JsonElement.Parse(standing) };

    static TemplateVariable Tone(string? standing) => Variable("tone", TemplateVariableType.Enum, standing) with { Values = ["dry", "warm"] };

    static OvermindException Refused(IReadOnlyList<TemplateSegment> segments, IReadOnlyList<TemplateVariable> variables) =>
        Should.Throw<OvermindException>(() => new NewContextTemplate { Name = "T", Segments = segments, Variables = variables }.Check());

    static RenderedTemplate Render(
        IReadOnlyList<TemplateSegment> segments, IReadOnlyList<TemplateVariable> variables, string values, ModelReference? model = null, int? maxTokens = null) =>
        TemplateRenderer.Render(
            new ContextTemplateVersion
            {
                Id = Guid.Empty,
                TemplateId = Guid.Empty,
                Version = 1,
                IsCurrent = true,
                Segments = segments,
                Variables = variables,
            },
            new TemplateRendering
            {
                Variables = JsonElement.Parse(values).EnumerateObject().ToDictionary(v => v.Name, v => v.Value),
                Model = model,
                MaxTokens = maxTokens,
            });
}
