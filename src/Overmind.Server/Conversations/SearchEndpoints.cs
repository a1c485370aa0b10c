using Overmind.Access;
using Overmind.Conversations;
using Overmind.Conversations.Search;
using Overmind.Errors;
using Overmind.Server.Http;

namespace Overmind.Server.Conversations;

/// <summary><c>/v1/search</c>.</summary>
sealed class SearchEndpoints(SearchService search)
{
    static readonly string[] Parameters = ["query", "mode", "weights", "type", "role", "tag", "folder", "conversation_id", "limit", "after", .. CreatedParameters.Names];

    public void Map(ApiRoutes routes) => routes.Get("/v1/search", SearchAsync);

    async Task SearchAsync(HttpContext http, Caller caller)
    {
        var request = http.Request;
        request.AllowOnly(Parameters);
        var found = await search.SearchAsync(
            caller.Claims,
            new SearchQuery
            {
                Text = request.TextParameter("query") ?? throw new OvermindException(
                    ErrorCode.InvalidParameter, "query says what to look for: a question, or words, \"a phrase\", or between two, - before what is not to be there.", "query"),
                Mode = request.WordParameter<SearchMode>("mode"),
                Weights = request.TextParameter("weights") is { } weights ? SearchWeights.Parse(weights) : null,
                Type = request.WordParameter<SearchType>("type") ?? SearchType.Messages,
                Role = request.WordParameter<MessageRole>("role"),
                Tag = request.TextParameter("tag"),
                Folder = request.TextParameter("folder"),
                ConversationId = request.IdParameter("conversation_id"),
                CreatedAt = request.CreatedAt(),
                Limit = request.IntegerParameter("limit") ?? PageRequest.First.Limit,
                After = request.IdParameter("after"),
            },
            http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, SearchResponse.Of(found), ServerJson.Default.SearchResponse);
    }
}
