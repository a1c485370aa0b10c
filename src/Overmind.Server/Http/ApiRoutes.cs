using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Audit;

namespace Overmind.Server.Http;

/// <summary>
/// Maps the routes of the API: each asks for an API key or an access token, GET with the scope <c>read</c>, all others with <c>write</c>.
/// Handlers are plain request delegates: nothing is bound by reflection, and a request creates no service scope.
/// </summary>
sealed class ApiRoutes(IEndpointRouteBuilder routes, CallerAuthenticator callers, RateLimits limits, IdempotentRequests idempotent)
{
    const string SecretReason = "A secret goes over this route and nothing of it is stored";
    const string OrganizationHeader = "x-org-id";

    public IEndpointConventionBuilder Get(string pattern, ApiHandler handler) => Map(HttpMethods.Get, pattern, ApiKeyScope.Read, handler);

    /// <summary>A POST takes an Idempotency-Key.</summary>
    public IEndpointConventionBuilder Post(string pattern, ApiHandler handler) =>
        Map(HttpMethods.Post, pattern, ApiKeyScope.Write, Plain(idempotent.Wrap(pattern, handler)));

    /// <summary>A POST whose request or answer holds a secret: nothing of it is stored.</summary>
    public IEndpointConventionBuilder PostSecret(string pattern, ApiHandler handler) =>
        Map(HttpMethods.Post, pattern, ApiKeyScope.Write, Plain(IdempotentRequests.Refuse(SecretReason, handler)));

    /// <summary>A POST that streams its answer, which is not kept for a repeat.</summary>
    public IEndpointConventionBuilder PostStream(string pattern, ApiHandler handler) =>
        Map(HttpMethods.Post, pattern, ApiKeyScope.Write, Plain(IdempotentRequests.Refuse("This route streams its answer and keeps nothing of it", handler)));

    /// <summary>A POST of somebody who is still to say who they are; nothing of it is stored.</summary>
    public IEndpointConventionBuilder PostAnonymous(string pattern, RequestDelegate handler) => routes.MapMethods(pattern, [HttpMethods.Post], http =>
    {
        http.Request.AllowOnly();
        return IdempotentRequests.Refuse(SecretReason, (request, _) => handler(request))(http, null!);
    });

    public IEndpointConventionBuilder Patch(string pattern, ApiHandler handler) => Map(HttpMethods.Patch, pattern, ApiKeyScope.Write, Plain(handler));

    /// <summary>A PUT says what is to be, so that a repeat changes nothing more.</summary>
    public IEndpointConventionBuilder Put(string pattern, ApiHandler handler) => Map(HttpMethods.Put, pattern, ApiKeyScope.Write, Plain(handler));

    public IEndpointConventionBuilder Delete(string pattern, ApiHandler handler) => Map(HttpMethods.Delete, pattern, ApiKeyScope.Write, Plain(handler));

    // Only a GET has parameters: what stands in the address of a change is a mistake, and none that may pass for done.
    static ApiHandler Plain(ApiHandler handler) => (http, caller) =>
    {
        http.Request.AllowOnly();
        return handler(http, caller);
    };

    IEndpointConventionBuilder Map(string method, string pattern, ApiKeyScope scope, ApiHandler handler) =>
        routes.MapMethods(pattern, [method], AuditedRoutes.Find(method, pattern) is null
            ? http => HandleAsync(http, scope, handler)
            : http => HandleAsync(http, scope, Audited(handler)));

    // What is audited says where it came from, in the transaction of the act.
    static ApiHandler Audited(ApiHandler handler) => (http, caller) =>
        handler(http, caller with { Claims = caller.Claims with { Origin = http.Origin() with { ApiKeyId = caller.ApiKeyId } } });

    Task HandleAsync(HttpContext http, ApiKeyScope scope, ApiHandler handler)
    {
        var authenticating = callers.AuthenticateAsync(BearerToken(http.Request), OrganizationId(http.Request), http.RequestAborted);
        return authenticating.IsCompletedSuccessfully
            ? HandleAsync(http, authenticating.Result, scope, handler)
            : HandleAsync(http, authenticating, scope, handler);
    }

    async Task HandleAsync(HttpContext http, ValueTask<Caller?> authenticating, ApiKeyScope scope, ApiHandler handler) =>
        await HandleAsync(http, await authenticating, scope, handler);

    Task HandleAsync(HttpContext http, Caller? caller, ApiKeyScope scope, ApiHandler handler)
    {
        if (caller is null)
            throw new OvermindException(
                ErrorCode.InvalidApiKey, "The API key is unknown, revoked or expired. Make one with `overmind key create`.");
        // Answered, not thrown: a flood of refusals must cost less than the requests would.
        return limits.Take(http.Response, caller) is { } exceeded ? http.WriteProblemAsync(exceeded) : handler(http, Allow(caller, scope));
    }

    static Caller Allow(Caller caller, ApiKeyScope scope)
    {
        if (!caller.May(scope))
            throw new OvermindException(
                ErrorCode.InsufficientScope, $"This needs a key with the scope {LowerSnake.Write(scope)}.");
        return caller;
    }

    internal static string BearerToken(HttpRequest request) => FindBearerToken(request)
        ?? throw new OvermindException(ErrorCode.Unauthenticated, "Send an API key (sk_live_…) or an access token in the header Authorization: Bearer …");

    public static string? FindBearerToken(HttpRequest request)
    {
        const string scheme = "Bearer ";
        return request.Headers.Authorization is [{ } given] && given.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? given[scheme.Length..].Trim()
            : null;
    }

    // Which of the caller's organizations: it is looked up among the memberships, and says nothing by itself.
    static Guid? OrganizationId(HttpRequest request) => request.Headers[OrganizationHeader] is not { Count: > 0 }
        ? null
        : FindOrganizationId(request) ?? throw new OvermindException(ErrorCode.InvalidParameter, $"{OrganizationHeader} is the id of an organization.", OrganizationHeader);

    public static Guid? FindOrganizationId(HttpRequest request) =>
        request.Headers[OrganizationHeader] is [{ } text] && Guid.TryParseExact(text, "D", out var id) ? id : null;
}
