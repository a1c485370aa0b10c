namespace Overmind.Server.Tests.Memory;

public class DatastoreEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task An_agent_reads_its_own_memories_and_those_of_the_collections_it_is_linked_to()
    {
        var agent = (await api.GetAsync("/v1/agents")).Items[0].GetProperty("id").GetGuid();
        var made = (await api.PostAsync("/v1/datastores", """{"name":"Linked","description":"For a test","visibility":"organization"}""")).Expect(201);
        made.Json.ShouldBeA("datastore");
        var path = made.Header("Location")!;
        await RememberAsync($$"""{"memory_type":"semantic","content":"Linked: in the collection","category":"linked","datastore_id":"{{made.Id}}"}""");
        await RememberAsync($$"""{"memory_type":"semantic","content":"Linked: the agent's","category":"linked","owner_type":"agent","owner_id":"{{agent}}"}""");
        var loose = await RememberAsync("""{"memory_type":"semantic","content":"Linked: neither","category":"linked"}""");
        (await ReadAsync()).ShouldBe(["Linked: the agent's"]);

        var linked = (await api.SendAsync(HttpMethod.Put, $"{path}/agents/{agent}")).Expect(200).Json;
        linked.GetProperty("agent_ids").EnumerateArray().Single().GetGuid().ShouldBe(agent);
        linked.GetProperty("memory_count").GetInt64().ShouldBe(1);
        (await api.SendAsync(HttpMethod.Put, $"{path}/agents/{agent}")).Expect(200);
        (await ReadAsync()).ShouldBe(["Linked: the agent's", "Linked: in the collection"]);
        (await api.PatchAsync(loose, $$"""{"datastore_id":"{{made.Id}}"}""")).Expect(200).Json.Text("datastore_id").ShouldBe(made.Id.ToString());
        (await api.GetAsync($"/v1/memories?datastore_id={made.Id}")).Items.Count.ShouldBe(2);

        // The collection is shared, the memories in it are not.
        var other = servers.Fast.OtherUser;
        (await other.GetAsync(path)).Json.GetProperty("memory_count").GetInt64().ShouldBe(0);
        (await other.PatchAsync(path, """{"name":"Mine"}""")).ExpectProblem(403, "forbidden");
        (await other.SendAsync(HttpMethod.Put, $"{path}/agents/{agent}")).ExpectProblem(403, "forbidden");
        (await other.DeleteAsync($"{path}/agents/{agent}")).ExpectProblem(403, "forbidden");
        (await other.DeleteAsync(path)).ExpectProblem(403, "forbidden");
        (await servers.Fast.Stranger.GetAsync(path)).ExpectProblem(404, "datastore_not_found");
        (await servers.Fast.Stranger.PostAsync("/v1/memories", $$"""{"memory_type":"semantic","content":"x","datastore_id":"{{made.Id}}"}""")).ExpectProblem(422, "invalid_value", "datastore_id");

        (await api.DeleteAsync($"{path}/agents/{agent}")).Expect(200).Json.GetProperty("agent_ids").GetArrayLength().ShouldBe(0);
        (await ReadAsync()).ShouldBe(["Linked: the agent's"]);
        (await api.DeleteAsync(path)).Expect(200);
        (await api.GetAsync(loose)).Expect(200).Json.Text("datastore_id").ShouldBeNull();

        async Task<string> RememberAsync(string body) => (await api.PostAsync("/v1/memories", body)).Expect(201).Header("Location")!;

        async Task<IEnumerable<string?>> ReadAsync() => (await api.GetAsync($"/v1/memories?category=linked&reader_id={agent}")).Expect(200).Items.Select(m => m.Text("content"));
    }

    [Fact]
    public async Task A_collection_has_a_name_of_its_own_and_is_changed_as_it_was_read()
    {
        var made = (await api.PostAsync("/v1/datastores", """{"name":"Named once"}""")).Expect(201);
        (await api.PostAsync("/v1/datastores", """{"name":"Named once"}""")).ExpectProblem(409, "key_taken", "name");
        (await servers.Fast.OtherUser.PostAsync("/v1/datastores", """{"name":"Named once"}""")).Expect(201);
        (await servers.Fast.OtherUser.GetAsync(made.Header("Location")!)).ExpectProblem(404, "datastore_not_found");
        (await api.PatchAsync(made.Header("Location")!, """{"description":"First"}""", ("If-Match", made.Header("ETag")!))).Expect(200);
        (await api.PatchAsync(made.Header("Location")!, """{"description":null}""", ("If-Match", made.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        (await api.SendAsync(HttpMethod.Put, $"{made.Header("Location")}/agents/{Guid.CreateVersion7()}")).ExpectProblem(404, "agent_not_found");
        (await api.PostAsync("/v1/datastores", """{"name":""}""")).ExpectProblem(422, "invalid_value", "name");
        (await api.GetAsync("/v1/datastores")).ShouldBeAListOf("datastore").ShouldNotBeEmpty();
    }
}
