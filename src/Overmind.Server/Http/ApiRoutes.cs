using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Audit;
using Overmind.Server.Mcp;

namespace Overmind.Server.Http;

/// <summary>
/// Maps the routes of the API: each asks for an API key or an access token with a scope, which is that of its module for GET or for all others, or its own.
/// Handlers are plain request delegates: nothing is bound by reflection, and a request creates no service scope.
/// </summary>
sealed class ApiRoutes(IEndpointRouteBuilder routes, CallerAuthenticator callers, RateLimits limits, IdempotentRequests idempotent)
{
    const string SecretReason = "A secret goes over this route and nothing of it is stored";
    const string OrganizationHeader = "x-org-id";

    ApiKeyScope _read = ApiKeyScope.Read;
    ApiKeyScope _change = ApiKeyScope.Write;

    /// <summary>For the routes of a module: what they ask for unless they say otherwise.</summary>
    public ApiRoutes Of(ApiKeyScope read, ApiKeyScope change) => new(routes, callers, limits, idempotent) { _read = read, _change = change };

    /// <summary>For the routes of a module that all ask for one scope.</summary>
    public ApiRoutes Of(ApiKeyScope scope) => Of(scope, scope);

    public IEndpointConventionBuilder Get(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Get, pattern, scope ?? _read, handler);

    /// <summary>A POST takes an Idempotency-Key.</summary>
    public IEndpointConventionBuilder Post(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Post, pattern, scope ?? _change, Plain(idempotent.Wrap(pattern, handler)));

    /// <summary>A POST whose request or answer holds a secret: nothing of it is stored.</summary>
    public IEndpointConventionBuilder PostSecret(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Post, pattern, scope ?? _change, Plain(IdempotentRequests.Refuse(SecretReason, handler)));

    /// <summary>A POST that streams its answer, which is not kept for a repeat.</summary>
    public IEndpointConventionBuilder PostStream(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Post, pattern, scope ?? _change, Plain(IdempotentRequests.Refuse("This route streams its answer and keeps nothing of it", handler)));

    /// <summary>A POST whose body is a file: what is sent twice is stored once, so that nothing is kept for a repeat.</summary>
    /// <param name="parameters">That its address may have.</param>
    public IEndpointConventionBuilder PostFile(string pattern, ApiHandler handler, params string[] parameters)
    {
        var refusing = IdempotentRequests.Refuse("This route takes a file, and what is sent twice is stored once", handler);
        return Map(HttpMethods.Post, pattern, _change, (http, caller) =>
        {
            http.Request.AllowOnly(parameters);
            return refusing(http, caller);
        });
    }

    /// <summary>A POST of somebody who is still to say who they are; nothing of it is stored.</summary>
    public IEndpointConventionBuilder PostAnonymous(string pattern, RequestDelegate handler) => routes.MapMethods(pattern, [HttpMethods.Post], http =>
    {
        http.Request.AllowOnly();
        return IdempotentRequests.Refuse(SecretReason, (request, _) => handler(request))(http, null!);
    });

    public IEndpointConventionBuilder Patch(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Patch, pattern, scope ?? _change, Plain(handler));

    /// <summary>A PUT says what is to be, so that a repeat changes nothing more.</summary>
    public IEndpointConventionBuilder Put(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Put, pattern, scope ?? _change, Plain(handler));

    public IEndpointConventionBuilder Delete(string pattern, ApiHandler handler, RequiredScope? scope = null) =>
        Map(HttpMethods.Delete, pattern, scope ?? _change, Plain(handler));

    // Only a GET has parameters: what stands in the address of a change is a mistake, and none that may pass for done.
    static ApiHandler Plain(ApiHandler handler) => (http, caller) =>
    {
        http.Request.AllowOnly();
        return handler(http, caller);
    };

    /// <summary>The same for routes that a library maps: they ask for the module's scope to read, and hand on who calls. What they change is audited.</summary>
    public void Guard(IEndpointConventionBuilder mapped)
    {
        RequiredScope scope = _read;
        mapped.Add(endpoint =>
        {
            var inner = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => HandleAsync(http, scope, Noted((request, caller) =>
            {
                request.User = new McpCaller(caller);
                return inner(request);
            }));
            endpoint.Metadata.Add(scope);
        });
    }

    IEndpointConventionBuilder Map(string method, string pattern, RequiredScope scope, ApiHandler handler) =>
        routes.MapMethods(pattern, [method], scope.Costs || AuditedRoutes.Find(method, pattern) is not null
            ? http => HandleAsync(http, scope, Noted(handler))
            : http => HandleAsync(http, scope, handler)).WithMetadata(scope);

    // What is audited or costs something says where it came from, in the transaction of the act.
    static ApiHandler Noted(ApiHandler handler) => (http, caller) =>
        handler(http, caller with { Claims = caller.Claims with { Origin = http.Origin() with { ApiKeyId = caller.ApiKeyId } } });

    Task HandleAsync(HttpContext http, RequiredScope scope, ApiHandler handler)
    {
        var authenticating = callers.AuthenticateAsync(BearerToken(http.Request), OrganizationId(http.Request), http.RequestAborted);
        return authenticating.IsCompletedSuccessfully
            ? HandleAsync(http, authenticating.Result, scope, handler)
            : HandleAsync(http, authenticating, scope, handler);
    }

    async Task HandleAsync(HttpContext http, ValueTask<Caller?> authenticating, RequiredScope scope, ApiHandler handler) =>
        await HandleAsync(http, await authenticating, scope, handler);

    Task HandleAsync(HttpContext http, Caller? caller, RequiredScope scope, ApiHandler handler)
    {
        if (caller is null)
            throw new OvermindException(
                ErrorCode.InvalidApiKey, "The API key is unknown, revoked or expired. Make one with `overmind key create`.");
        // Answered, not thrown: a flood of refusals must cost less than the requests would.
        return limits.Take(http.Response, caller) is { } exceeded ? http.WriteProblemAsync(exceeded) : handler(http, scope.Allow(caller));
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
