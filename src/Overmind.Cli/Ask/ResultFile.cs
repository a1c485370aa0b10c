using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Cli.Ask;

/// <summary>The results of a file of questions, one JSON object a line, appended as each question is done. What stands there is not asked again.</summary>
sealed class ResultFile : IDisposable
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    readonly FileStream _file;
    readonly Dictionary<string, QuestionResult> _byKey = [];
    readonly Lock _writing = new();

    ResultFile(FileStream file) => _file = file;

    /// <exception cref="CliException">The file holds something else.</exception>
    public static ResultFile Open(string path)
    {
        var results = new ResultFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            foreach (var line in JsonLines.ReadWhole(results._file))
                results.Keep(line.Deserialize<QuestionResult>(Json)!);
        }
        catch (JsonException)
        {
            results.Dispose();
            throw new CliException("not_results", $"{path} holds something else than results", "name another file with --out");
        }
        return results;
    }

    /// <summary>The result of a question with just these turns; null when it is still to be asked.</summary>
    public QuestionResult? Of(Question question)
    {
        lock (_writing)
            return _byKey.GetValueOrDefault(question.Key);
    }

    public void Append(QuestionResult result)
    {
        lock (_writing)
        {
            JsonLines.Append(_file, JsonSerializer.SerializeToNode(result, Json)!);
            Keep(result);
        }
    }

    public void Dispose() => _file.Dispose();

    void Keep(QuestionResult result) => _byKey[Question.KeyOf(result.QuestionId, result.Turns.Select(turn => turn.Question))] = result;
}
