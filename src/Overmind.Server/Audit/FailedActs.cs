using Overmind.Access;
using Overmind.Audit;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Server.Http;

namespace Overmind.Server.Audit;

/// <summary>
/// Records what did not succeed, where every request that fails comes by: an act that would have been audited, and anything that was refused for
/// want of a right. The row has a transaction of its own, and is there before the caller hears of the failure.
/// </summary>
sealed class FailedActs(AuditLogService log, CallerAuthenticator callers, ApiKeyAuthenticator keys, ILogger<FailedActs> logger)
{
    public async Task RecordAsync(HttpContext http, OvermindException error)
    {
        if (error.IsAudited || http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } raw })
            return;
        // As the documents have it: a name of a model goes on over slashes.
        var pattern = raw.Replace("{**", "{", StringComparison.Ordinal);
        if (!pattern.StartsWith("/v1/", StringComparison.Ordinal) && !pattern.StartsWith("/openai/v1/", StringComparison.Ordinal))
            return;
        var act = AuditedRoutes.Find(http.Request.Method, pattern);
        if (act is null && error.Code is not (ErrorCode.Forbidden or ErrorCode.NotAMember or ErrorCode.InsufficientScope or ErrorCode.InvalidApiKey))
            return;
        try
        {
            // Not with the request's token: who hangs up has tried all the same.
            await RecordAsync(http, act ?? AuditedRoutes.Denied, new AuditFailure(
                ErrorCatalogue.Word(error.Code), $"{http.Request.Method} {pattern}", ResourceId(http)));
        }
        catch (Exception failure)
        {
            LogMessages.FailureNotAudited(logger, http.TraceIdentifier, failure);
        }
    }

    async Task RecordAsync(HttpContext http, AuditedAct act, AuditFailure failure)
    {
        if (ApiRoutes.FindBearerToken(http.Request) is not { } token)
            return;
        var origin = http.Origin();
        if (await callers.FindAsync(token, ApiRoutes.FindOrganizationId(http.Request), CancellationToken.None) is { } caller)
            await log.FailedAsync(caller.Claims with { Origin = origin with { ApiKeyId = caller.ApiKeyId } }, act, failure, CancellationToken.None);
        else if (await keys.FindRefusedAsync(token, CancellationToken.None) is { } refused)
            await log.FailedAsync(
                refused.OrganizationId, refused.UserId, act, failure, origin with { ApiKeyId = refused.ApiKeyId }, CancellationToken.None);
    }

    // The last id or key in the path is of what the act is about.
    static string? ResourceId(HttpContext http) =>
        http.Request.RouteValues.Values.LastOrDefault() is string { Length: > 0 and <= 255 } id && !id.Contains('\0') ? id : null;
}
