using System.Text.Json;
using Overmind.Errors;

namespace Overmind.Server.Openai;

/// <summary>An error as OpenAI's clients read it: <c>{"error": {"message", "type", "param", "code"}}</c>, under a status of which they know what to do. On these routes alone.</summary>
static class OpenaiError
{
    const string Type = "invalid_request_error";

    public static bool Speaks(HttpContext http) => http.Request.Path.StartsWithSegments("/openai", StringComparison.Ordinal);

    /// <summary>Their clients try 408, 409, 429 and 5xx again by themselves: what will not be otherwise then has another.</summary>
    public static int StatusOf(OvermindException error) => error.Code switch
    {
        ErrorCode.ModelUnavailable or ErrorCode.ModelNotFound or ErrorCode.WorkflowNotFound => StatusCodes.Status404NotFound,
        ErrorCode.ModelRateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCode.ModelRequestRejected or ErrorCode.ModelRefused => StatusCodes.Status400BadRequest,
        ErrorCode.ModelOverloaded => StatusCodes.Status503ServiceUnavailable,
        ErrorCode.ModelTimedOut => StatusCodes.Status504GatewayTimeout,
        ErrorCode.ModelFailed or ErrorCode.ModelUnreachable or ErrorCode.ModelInterrupted or ErrorCode.ModelBadResponse => StatusCodes.Status502BadGateway,
        var code => ErrorCatalogue.Of(code).Status is var status && status == StatusCodes.Status422UnprocessableEntity ? StatusCodes.Status400BadRequest : status,
    };

    public static void Write(Utf8JsonWriter writer, OvermindException error)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, TypeOf(error));
        writer.WriteString("param"u8, error.Param);
        writer.WriteString("code"u8, CodeOf(error));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    static string TypeOf(OvermindException error) => error.Code switch
    {
        ErrorCode.BudgetExceeded or ErrorCode.ModelQuotaExceeded => "insufficient_quota",
        _ => StatusOf(error) switch
        {
            StatusCodes.Status429TooManyRequests => "requests",
            >= 500 => "server_error",
            _ => Type,
        },
    };

    /// <summary>OpenAI's word where it has one that clients decide by, else the one of docs/errors.md.</summary>
    static string CodeOf(OvermindException error) => error.Code switch
    {
        ErrorCode.ModelUnavailable or ErrorCode.WorkflowNotFound => ErrorCatalogue.Word(ErrorCode.ModelNotFound),
        ErrorCode.ModelRateLimited or ErrorCode.RateLimited => "rate_limit_exceeded",
        ErrorCode.BudgetExceeded or ErrorCode.ModelQuotaExceeded => "insufficient_quota",
        ErrorCode.ModelRefused => "content_filter",
        var code => ErrorCatalogue.Word(code),
    };
}
