using Overmind.Access;
using Overmind.Conversations.Search;
using Overmind.Memory;
using Overmind.Server.Http;

namespace Overmind.Server.Memory;

/// <summary><c>/v1/memories/search</c>: a POST that changes nothing, because of its filters, and because what is looked for is no matter of logs of addresses.</summary>
sealed class MemorySearchEndpoints(MemorySearchService search)
{
    public void Map(ApiRoutes routes) => routes.Post("/v1/memories/search", SearchAsync);

    async Task SearchAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var query = new MemoryQuery
        {
            Text = body.RequiredText("query"),
            Mode = body.Word<SearchMode>("mode") ?? SearchMode.Hybrid,
            Weights = Weights(body.Object("weights")),
            MemoryTypes = body.Words<MemoryType>("memory_types"),
            OwnerType = body.Word<MemoryOwner>("owner_type"),
            OwnerId = body.Id("owner_id"),
            DatastoreId = body.Id("datastore_id"),
            Category = body.Text("category"),
            Tags = body.Texts("tags"),
            Metadata = body.Json("metadata"),
            CreatedAt = new TimeRange { From = body.Time("created_from"), Before = body.Time("created_before") },
            ConversationId = body.Id("conversation_id"),
            AsOf = body.Time("as_of"),
            Limit = body.Integer("limit") ?? 10,
            After = body.Id("after"),
        };
        body.End();
        var found = await search.SearchAsync(caller.Claims, query, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, MemorySearchResponse.Of(found), ServerJson.Default.MemorySearchResponse);
    }

    internal static SearchWeights? Weights(JsonMembers? members)
    {
        if (members is null)
            return null;
        var weights = new SearchWeights
        {
            Text = members.Number("text"),
            Vector = members.Number("vector"),
            Recency = members.Number("recency"),
            Importance = members.Number("importance"),
            Neighbours = members.Number("neighbours"),
        };
        members.End();
        return weights;
    }
}
