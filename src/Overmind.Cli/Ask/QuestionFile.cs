using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Overmind.Cli.Ask;

/// <summary>A file of questions, one JSON object a line: <c>{"question_id": 81, "turns": ["…", "…"]}</c>. Other members are passed over.</summary>
/// <param name="Questions">In the file's order.</param>
/// <param name="Malformed">Lines that hold no question, and why; they keep nothing else from being asked.</param>
sealed record QuestionFile(IReadOnlyList<Question> Questions, IReadOnlyList<MalformedLine> Malformed)
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static QuestionFile Read(string path)
    {
        List<Question> questions = [];
        List<MalformedLine> malformed = [];
        var linesById = new Dictionary<string, int>();
        var number = 0;
        foreach (var line in Lines(File.ReadAllBytes(path)))
        {
            number++;
            try
            {
                var text = Strict.GetString(line.Span);
                if (string.IsNullOrWhiteSpace(text))
                    continue;
                var question = Parse(text, number);
                if (!linesById.TryAdd(question.Id.ToJsonString(), number))
                    throw new FormatException($"question_id {question.Id.ToJsonString()} is that of line {linesById[question.Id.ToJsonString()]} already");
                questions.Add(question);
            }
            catch (FormatException wrong)
            {
                malformed.Add(new MalformedLine(number, wrong.Message));
            }
            catch (DecoderFallbackException)
            {
                malformed.Add(new MalformedLine(number, "the line is not valid UTF-8"));
            }
        }
        return new QuestionFile(questions, malformed);
    }

    static Question Parse(string text, int line)
    {
        var root = Root(text);
        var id = root["question_id"] switch
        {
            JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String => value,
            null => throw new FormatException("question_id is missing"),
            _ => throw new FormatException("question_id is neither a number nor a text"),
        };
        var turns = root["turns"] switch
        {
            JsonArray { Count: > 0 } array => array.Select(Turn).ToList(),
            JsonArray => throw new FormatException("turns is empty"),
            null => throw new FormatException("turns is missing"),
            _ => throw new FormatException("turns is not an array of texts"),
        };
        return new Question(id, turns, line);
    }

    static JsonObject Root(string text)
    {
        try
        {
            var root = JsonNode.Parse(text) as JsonObject ?? throw new FormatException("the line is not a JSON object");
            // Members are looked at when they are first counted.
            return root.Count >= 0 ? root : [];
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"the line is not valid JSON, at byte {wrong.BytePositionInLine + 1}", wrong);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException("a member stands twice in the line", wrong);
        }
    }

    static string Turn(JsonNode? node, int index)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? turn)
                ? turn.Length > 0 ? turn : throw new FormatException($"turns[{index}] is empty")
                : throw new FormatException($"turns[{index}] is not a text");
        }
        catch (InvalidOperationException wrong)
        {
            throw new FormatException($"turns[{index}] holds half a character (a lone surrogate)", wrong);
        }
    }

    static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            yield return end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }
}
