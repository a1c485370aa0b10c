using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class AnswerSchemaTests
{
    const string Advice =
        """
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": ["advice"],
            "additionalProperties": false,
            "properties": { "advice": { "type": "string", "pattern": "^[A-Z]" }, "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } } },
            "$defs": { "step": { "type": "integer", "minimum": 1 } }
        }
        """;

    [Theory]
    [InlineData("""{"advice": "Varnish it."}""")]
    [InlineData("""{"advice": "Varnish it.", "steps": [1, 2]}""")]
    [InlineData("```json\n{\"advice\": \"Varnish it.\"}\n```")]
    public void An_answer_that_keeps_to_its_schema_is_taken(string answer) => AnswerSchema.Violation(Advice, answer).ShouldBeNull();

    [Theory]
    [InlineData("{}", "advice")]
    [InlineData("""{"advice": "varnish it."}""", "/advice")]
    [InlineData("""{"advice": "Varnish it.", "steps": [0]}""", "/steps/0")]
    [InlineData("""{"advice": "Varnish it.", "more": 1}""", "/more")]
    [InlineData("not JSON", "not valid JSON")]
    public void One_that_does_not_is_told_where(string answer, string place) =>
        AnswerSchema.Violation(Advice, answer).ShouldNotBeNull().ShouldContain(place);

    [Fact]
    public void A_schema_is_one_that_can_be_checked() => AnswerSchema.Fault(Advice).ShouldBeNull();

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{", "no JSON Schema")]
    [InlineData("""{"type": "strin"}""", "strin")]
    [InlineData("""{"type": 5}""", "type")]
    [InlineData("""{"required": "advice"}""", "required")]
    [InlineData("""{"minLength": -1}""", "minLength")]
    [InlineData("""{"properties": {"a": {"pattern": "("}}}""", "(")]
    [InlineData("""{"pattern": "(?=a)b"}""", "no JSON Schema")]
    [InlineData("""{"patternProperties": {"(a)\\1": {}}}""", "no JSON Schema")]
    [InlineData("""{"$schema": "http://json-schema.org/draft-07/schema#"}""", "2020-12")]
    [InlineData("""{"$ref": "https://example.com/schema"}""", "no part of it")]
    [InlineData("""{"$ref": "#/$defs/missing"}""", "no part of it")]
    [InlineData("""{"$ref": "#"}""", "no part of it")]
    [InlineData("""{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}""", "circle")]
    [InlineData("""{"properties": {"default": {"$ref": "#/properties/default"}}}""", "circle")]
    [InlineData("""{"$id": "https://example.com/schema"}""", "$id")]
    [InlineData("""{"$dynamicRef": "#a"}""", "$dynamicRef")]
    [InlineData("""{"a": 1, "a": 2}""", "no JSON Schema")]
    public void What_is_no_schema_is_told_why(string schema, string reason) => AnswerSchema.Fault(schema).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void References_that_double_the_work_at_each_level_are_refused()
    {
        var levels = Enumerable.Range(0, 40).Select(i => $$"""
            "l{{i}}": {"allOf": [{"$ref": "#/$defs/l{{i + 1}}"}, {"$ref": "#/$defs/l{{i + 1}}"}]}
            """);
        AnswerSchema.Fault($$"""{"$ref": "#/$defs/l0", "$defs": { {{string.Join(',', levels)}}, "l40": {} } }""").ShouldNotBeNull().ShouldContain("10000 parts");
        AnswerSchema.Fault(new string(' ', AnswerSchema.MaxLength) + "{}").ShouldNotBeNull().ShouldContain("characters");
        AnswerSchema.Fault(string.Concat(Enumerable.Repeat("""{"not":""", 40)) + "{}" + new string('}', 40)).ShouldNotBeNull();
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_matched_in_linear_time()
    {
        const string schema = """{"properties": {"a": {"pattern": "^(a+)+$"}}, "patternProperties": {"^(b+)+$": {}}}""";
        AnswerSchema.Fault(schema).ShouldBeNull();
        // With backtracking 2^10000 steps: this would not end.
        AnswerSchema.Violation(schema, $$"""{"a": "{{new string('a', 10_000)}}!", "{{new string('b', 10_000)}}!": 1}""").ShouldNotBeNull().ShouldContain("/a");
    }
}
