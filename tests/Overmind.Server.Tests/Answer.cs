using System.Text.Json;

namespace Overmind.Server.Tests;

/// <summary>A response, wholly read.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("data").EnumerateArray()];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public Answer Expect(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem document as each error has it.</summary>
    public Answer ExpectProblem(int status, string code, string? param = null)
    {
        Expect(status);
        Header("Content-Type").ShouldBe("application/problem+json");
        var problem = Json;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("code").GetString().ShouldBe(code, Text);
        problem.GetProperty("type").GetString().ShouldBe($"/errors/{code}");
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("instance").GetString().ShouldStartWith("/");
        problem.GetProperty("request_id").GetString().ShouldBe(Header("X-Request-Id"));
        problem.TryGetProperty("retryable", out _).ShouldBeTrue();
        (problem.TryGetProperty("param", out var named) ? named.GetString() : null).ShouldBe(param, Text);
        return this;
    }
}
