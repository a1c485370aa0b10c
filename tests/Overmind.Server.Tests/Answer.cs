using System.Text.Json;

namespace Overmind.Server.Tests;

/// <summary>A response, wholly read.</summary>
public sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether it came from a route of OpenAI's API, whose errors have its shape.</summary>
    public bool IsOpenais { get; init; }

    /// <summary>The word of an error.</summary>
    public string Code => (IsOpenais ? Json.GetProperty("error") : Json).GetProperty("code").GetString()!;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The member or parameter at fault; null when no single one is.</summary>
    public string? Param => (IsOpenais ? Json.GetProperty("error") : Json).TryGetProperty("param", out var param) ? param.GetString() : null;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("data").EnumerateArray()];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), headers)
        {
            IsOpenais = response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/openai/v1/", StringComparison.Ordinal),
        };
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public Answer Expect(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem document as each error has it; on routes of OpenAI's API an error of its shape.</summary>
    public Answer ExpectProblem(int status, string code, string? param = null)
    {
        Expect(status);
        if (IsOpenais) return ExpectError(code, param);
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

    Answer ExpectError(string code, string? param)
    {
        Header("Content-Type").ShouldBe("application/json");
        var error = Json.GetProperty("error");
        Shapes.Members(error).ShouldBe(["message", "type", "param", "code"]);
        (error.Text("code"), error.Text("param")).ShouldBe((code, param), Text);
        error.Text("message").ShouldNotBeNullOrEmpty();
        error.Text("type").ShouldNotBeNullOrEmpty();
        return this;
    }
}
