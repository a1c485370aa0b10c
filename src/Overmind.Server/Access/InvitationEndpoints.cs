using Overmind.Access;
using Overmind.Access.Invitations;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Postgres;
using Overmind.Server.Http;

namespace Overmind.Server.Access;

/// <summary><c>/v1/invitations</c>: for admins; <c>/v1/invitations/accept</c> for whoever has the link.</summary>
sealed class InvitationEndpoints(InvitationService invitations, SessionService sessions, CallerAuthenticator callers)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/invitations", CreateAsync);
        routes.Get("/v1/invitations", ListAsync);
        routes.Get("/v1/invitations/{invitation_id}", GetAsync);
        routes.Delete("/v1/invitations/{invitation_id}", CancelAsync);
        routes.Post("/v1/invitations/{invitation_id}/resend", ResendAsync);
        routes.PostAnonymous("/v1/invitations/accept", AcceptAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var invitation = new NewInvitation
        {
            Id = http.NewResourceId(),
            Email = body.RequiredText("email"),
            Role = body.Word<OrganizationRole>("role") ?? OrganizationRole.User,
            ExpiresInDays = body.Integer("expires_in_days") ?? 7,
        };
        body.End();
        var made = await invitations.CreateAsync(caller.Claims, invitation, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/invitations/{made.Id}";
        await WriteAsync(http, StatusCodes.Status201Created, made);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("status");
        var found = await invitations.ListAsync(caller.Claims, http.Request.WordParameter<InvitationStatus>("status"), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Invitation>.Of(found, i => i.Id), ServerJson.Default.ListResponseInvitation);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await invitations.GetAsync(caller.Claims, http.InvitationId(), http.RequestAborted));
    }

    async Task CancelAsync(HttpContext http, Caller caller) =>
        await WriteAsync(http, StatusCodes.Status200OK, await invitations.CancelAsync(caller.Claims, http.InvitationId(), http.RequestAborted));

    async Task ResendAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await invitations.ResendAsync(caller.Claims, http.InvitationId(), http.RequestAborted));
    }

    // Whoever is signed in needs no password; others send none and are asked for it.
    async Task AcceptAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        var (token, name, password) = (body.RequiredText("token"), body.Text("name"), body.Text("password"));
        body.End();
        var caller = http.Request.Headers.Authorization.Count == 0
            ? null
            : await callers.AuthenticateAsync(ApiRoutes.BearerToken(http.Request), null, http.RequestAborted) ?? throw new OvermindException(ErrorCode.InvalidApiKey, "The API key is unknown, revoked or expired.");
        var claims = await invitations.AcceptAsync(token, name, password, caller?.Claims, http.Origin(), http.RequestAborted);
        await AuthEndpoints.WriteAsync(http, StatusCodes.Status200OK, await sessions.StartAsync(claims, null, http.Origin(), http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, int status, Invitation invitation) => http.WriteJsonAsync(status, invitation, ServerJson.Default.Invitation);
}
