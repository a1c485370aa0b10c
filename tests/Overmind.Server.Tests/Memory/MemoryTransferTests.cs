using System.Text;
using System.Text.Json.Nodes;
using Overmind.Client;

namespace Overmind.Server.Tests.Memory;

public class MemoryTransferTests(ApiServers servers) : IAsyncLifetime
{
    ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await servers.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_export_comes_in_elsewhere_with_its_ids_times_vectors_and_versions_and_twice_adds_nothing()
    {
        var api = _server.User;
        var first = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Keel: of lead","tags":["boat"],"metadata":{"a":[1]},"pinned":true}""")).Expect(201);
        (await api.PatchAsync(first.Header("Location")!, """{"content":"Keel: of iron","change_reason":"Weighed it"}""")).Expect(200);
        await _server.Database.ExecuteAsync("update memories set embedding = '[1,2,3]', embedding_model_name = 'm', access_count = 7 where id = $1", first.Id);
        var agent = (await api.GetAsync("/v1/agents")).Items[0].GetProperty("id").GetGuid();
        var old = (await api.PostAsync("/v1/memories", $$"""{"memory_type":"episodic","content":"Launched in May.","owner_type":"agent","owner_id":"{{agent}}"}""")).Expect(201);
        var now = (await api.PostAsync("/v1/memories", """{"memory_type":"episodic","content":"Launched in June."}""")).Expect(201);
        (await api.PatchAsync(old.Header("Location")!, $$"""{"superseded_by":"{{now.Id}}"}""")).Expect(200);
        var export = (await api.GetAsync("/v1/exports/memories")).Expect(200);
        export.Header("Content-Type").ShouldBe("application/jsonl");

        (await ImportAsync(api, export.Text)).ShouldBe("0 3 0");
        (await ImportAsync(_server.Stranger, export.Text)).ShouldBe("3 0 0");
        (await ImportAsync(_server.Stranger, export.Text)).ShouldBe("0 3 0");
        Comparable((await _server.Stranger.GetAsync("/v1/exports/memories")).Expect(200).Text).ShouldBe(Comparable(export.Text));
        (await _server.Stranger.GetAsync($"/v1/memories/{first.Id}/versions")).Items.Select(v => v.Text("content")).ShouldBe(["Keel: of iron", "Keel: of lead"]);
        (await _server.Stranger.GetAsync($"/v1/memories/{old.Id}")).Json.Text("owner_type").ShouldBe("user");
        (await _server.Database.ScalarAsync<long>("select count(*) from memories where id = $1 and embedding = '[1,2,3]' and access_count = 7", first.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_line_is_told_of_and_the_others_come_in()
    {
        var lines = """
            {"object":"export","version":1}
            {"object":"memory","row":{"id":"019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e01","memory_type":"semantic","content":"Good: yes"}}
            {"object":"memory","row":{"id":"019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e02","memory_type":"sensory","content":"Bad"}}
            {"object":"memory","row":{"id":"019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e03","memory_type":"semantic","content":"Bad","importance":"much"}}
            {"object":"memory","row":
            """;
        using var client = new HttpClient { BaseAddress = _server.User.Http.BaseAddress, DefaultRequestHeaders = { Authorization = _server.User.Http.DefaultRequestHeaders.Authorization } };
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        var result = await new OvermindClient(client).Memories.ImportAsync(file);
        (result.Imported, result.Skipped, result.Failed).ShouldBe((1, 0, 3));
        result.Problems.Select(p => p.Line).ShouldBe([3, 4, 5]);
        (await _server.User.PostAsync("/v1/imports/memories", """{"hello": 1}""")).ExpectProblem(400, "unknown_import_format");
    }

    static async Task<string> ImportAsync(Api api, string text)
    {
        var result = (await api.PostAsync("/v1/imports/memories", text)).Expect(200).Json;
        return $"{result.GetProperty("imported")} {result.GetProperty("skipped")} {result.GetProperty("failed")}";
    }

    /// <summary>Without what is another's elsewhere: who, whose, and when it was written there.</summary>
    static List<string> Comparable(string export) => [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
    {
        var read = JsonNode.Parse(line)!;
        foreach (var row in read["versions"]!.AsArray().Append(read["row"]!))
            foreach (var name in (string[])["id", "user_id", "owner_id", "owner_type", "agent_id", "created_by", "changed_by", "updated_at", "embedded_at"])
                row!.AsObject().Remove(name);
        return read.ToJsonString();
    })];
}
