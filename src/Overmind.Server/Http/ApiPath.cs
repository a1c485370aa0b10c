namespace Overmind.Server.Http;

/// <summary>What is the API's, and not a page of the console or a document.</summary>
static class ApiPath
{
    public static bool IsApi(this PathString path) =>
        path.StartsWithSegments("/v1", StringComparison.Ordinal) || path.StartsWithSegments("/openai", StringComparison.Ordinal);
}
