using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Overmind.Server.Tests;

/// <summary>The API as one key sees it, over plain HTTP: what is tested is what goes over the wire.</summary>
public sealed class Api : IDisposable
{
    readonly HttpClient http;

    public Api(Uri url, string? key)
    {
        Key = key;
        http = new HttpClient { BaseAddress = url };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public string? Key { get; }

    public HttpClient Http => http;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answer> PatchAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendBytesAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<Answer> SendBytesAsync(HttpMethod method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>A new conversation's id.</summary>
    public async Task<Guid> NewConversationAsync(string body = "{}") => (await PostAsync("/v1/conversations", body)).Expect(201).Id;

    public async Task<Guid> NewMessageAsync(Guid conversation, string content) =>
        (await PostAsync($"/v1/conversations/{conversation}/messages", JsonSerializer.Serialize(new { content }))).Expect(201).Id;

    /// <summary>Asks in a new conversation and returns the run's id at once.</summary>
    public async Task<Guid> NewRunAsync(string question = "What is a good name for a boat?") =>
        (await PostAsync(
            $"/v1/conversations/{await NewConversationAsync()}/runs",
            JsonSerializer.Serialize(new { question, max_n2_iterations = 1 }))).Expect(202).Id;

    /// <summary>Asks in a new conversation and returns the run when it has ended.</summary>
    public async Task<JsonElement> EndedRunAsync(string question = "What is a good name for a boat?")
    {
        var id = await NewRunAsync(question);
        await GetAsync($"/v1/runs/{id}/events");
        return (await GetAsync($"/v1/runs/{id}")).Expect(200).Json;
    }

    public void Dispose() => http.Dispose();
}
