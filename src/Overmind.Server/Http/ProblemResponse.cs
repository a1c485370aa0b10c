using Overmind.Errors;
using Overmind.Server.Openai;

namespace Overmind.Server.Http;

/// <summary>Writes an error as the whole response.</summary>
static class ProblemResponse
{
    public static Problem Of(HttpContext http, OvermindException error)
    {
        var entry = ErrorCatalogue.Of(error.Code);
        var word = ErrorCatalogue.Word(error.Code);
        return new Problem
        {
            Type = $"/errors/{word}",
            Title = entry.Title,
            Status = entry.Status,
            Detail = error.Message,
            Instance = http.Request.Path.ToUriComponent(),
            Code = word,
            Param = error.Param,
            Errors = error.Errors,
            BudgetId = error.Budget?.BudgetId,
            ResetAt = error.Budget?.Until,
            RequestId = http.TraceIdentifier,
            Retryable = entry.Retryable,
        };
    }

    public static Task WriteProblemAsync(this HttpContext http, OvermindException error)
    {
        var problem = Of(http, error);
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        if (problem.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (OpenaiError.Speaks(http))
            return http.WriteJsonAsync(OpenaiError.StatusOf(error), error, OpenaiError.Write);
        return http.WriteJsonAsync(problem.Status, problem, ServerJson.Default.Problem, "application/problem+json");
    }
}
