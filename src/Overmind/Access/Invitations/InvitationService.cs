using Npgsql;
using Overmind.Access.Accounts;
using Overmind.Access.Sessions;
using Overmind.Audit;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.Invitations;

/// <summary>Asking people into the organization, for who manages its members; and accepting, for whoever has the link.</summary>
public sealed class InvitationService(
    InvitationStore store, SignInStore signIns, PasswordHasher passwords, SignInBackOff backOff, SessionAuthenticator sessions)
{
    static readonly AuditedAct Accepted = new("invitation.accepted", AuditAction.Update);

    /// <summary>Invites by mail. The link is in the mail alone: whoever accepts has read the mailbox.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvitationPending"/>, <see cref="ErrorCode.AlreadyMember"/>, <see cref="ErrorCode.MemberLimitReached"/>; a value is not valid.</exception>
    public async Task<Invitation> CreateAsync(Claims claims, NewInvitation invitation, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        if (invitation.Role is OrganizationRole.Admin) claims.Ensure(Permission.MembersGrant);
        invitation.Check();
        // Whoever joins between this and the mail is told when they accept.
        if (await store.IsMemberAsync(claims, invitation.Email, cancellationToken))
            throw new OvermindException(ErrorCode.AlreadyMember, $"{invitation.Email.Trim()} is a member already.", "email");
        try
        {
            return await store.InsertAsync(claims, invitation, cancellationToken) ?? throw Full();
        }
        catch (PostgresException taken) when (taken.ConstraintName == "invitations_pending_key")
        {
            throw new OvermindException(
                ErrorCode.InvitationPending, $"{invitation.Email.Trim()} is invited already. Send that invitation once more, or cancel it.", "email", taken);
        }
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.InvitationNotFound"/>.</exception>
    public async Task<Invitation> GetAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        return await store.FindAsync(claims, id, cancellationToken) ?? throw NotFound(id);
    }

    /// <param name="status">Null: all.</param>
    public async Task<Page<Invitation>> ListAsync(Claims claims, InvitationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        page.Check();
        return page.PageOf(await store.ListAsync(claims, status, page, cancellationToken));
    }

    /// <summary>Sends a new link, good for 7 days at least; the last one is good no more.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvitationNotFound"/>, <see cref="ErrorCode.InvitationEnded"/>.</exception>
    public async Task<Invitation> ResendAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        return await store.RenewAsync(claims, id, cancellationToken) ?? throw await EndedAsync(claims, id, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.InvitationNotFound"/>, <see cref="ErrorCode.InvitationEnded"/>.</exception>
    public async Task<Invitation> CancelAsync(Claims claims, Guid id, CancellationToken cancellationToken)
    {
        claims.Ensure(Permission.MembersManage);
        return await store.CancelAsync(claims, id, cancellationToken) ?? throw await EndedAsync(claims, id, cancellationToken);
    }

    /// <summary>What the link is for.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.LinkExpired"/>.</exception>
    public async Task<OpenedInvitation> OpenAsync(string token, CancellationToken cancellationToken) =>
        (InvitationToken.Parse(token) is { } parsed ? await store.OpenAsync(parsed, cancellationToken) : null) ?? throw AccountService.LinkExpired();

    /// <summary>Joins: with the account's password where the address has an account, else with a new one, which makes it.</summary>
    /// <param name="signedIn">Who is signed in; the invited person needs no password then. Null: nobody.</param>
    /// <exception cref="OvermindException">
    /// <see cref="ErrorCode.LinkExpired"/>, <see cref="ErrorCode.InvalidCredentials"/>, <see cref="ErrorCode.MemberLimitReached"/>, <see cref="ErrorCode.AlreadyMember"/>;
    /// a value is not valid.
    /// </exception>
    public async Task<Claims> AcceptAsync(
        string token, string? name, string? password, Claims? signedIn, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var invitation = await OpenAsync(token, cancellationToken);
        var hash = invitation.UserId is { } account
            ? await EnsureIsAsync(account, InvitationToken.Parse(token)!.Value.OrganizationId, invitation, password, signedIn, origin, cancellationToken)
            : await NewPasswordAsync(invitation, name, password, cancellationToken);
        var (outcome, claims) = await store.AcceptAsync(InvitationToken.Parse(token)!.Value, name, hash, origin, cancellationToken);
        sessions.Forget();
        return claims ?? throw (outcome switch
        {
            "already_member" => new OvermindException(ErrorCode.AlreadyMember, $"{invitation.Email} is a member of {invitation.OrganizationName} already. Sign in."),
            _ => AccountService.LinkExpired(),
        });
    }

    // No password is set: the account keeps its own.
    async Task<string?> EnsureIsAsync(
        Guid account, Guid organizationId, OpenedInvitation invitation, string? password, Claims? signedIn, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        if (signedIn?.UserId == account)
            return null;
        if (password is null)
            throw new OvermindException(ErrorCode.MissingField, $"password is missing: that of the account of {invitation.Email}, or sign in with it first.", "password");
        if (backOff.Find(invitation.Email, origin) is { } throttled)
        {
            if (throttled.IsNews)
                await RecordAsync(ErrorCode.TooManyAttempts);
            throw throttled.ToError();
        }
        if (!(await passwords.VerifyAsync(invitation.PasswordHash, password, cancellationToken)).IsRight)
        {
            backOff.Failed(invitation.Email, origin);
            await RecordAsync(ErrorCode.InvalidCredentials);
            throw new OvermindException(ErrorCode.InvalidCredentials, $"This is not the password of the account of {invitation.Email}.", "password");
        }
        backOff.Succeeded(invitation.Email, origin);
        return null;

        // In the organization that invites: somebody there was to be taken for the one whose address it is.
        Task RecordAsync(ErrorCode code) => signIns.RecordFailureAsync(Accepted, organizationId, account, invitation.Email, code, origin, cancellationToken);
    }

    async Task<string?> NewPasswordAsync(OpenedInvitation invitation, string? name, string? password, CancellationToken cancellationToken)
    {
        var checks = new Checks();
        checks.Require(name is not null, "name", "name is missing.", ErrorCode.MissingField);
        checks.Require(password is not null, "password", "password is missing.", ErrorCode.MissingField);
        checks.Text("name", name, 1, 255);
        PasswordRules.Check(ref checks, "password", password, invitation.Email);
        checks.ThrowIfAny();
        return await passwords.HashAsync(password!, cancellationToken);
    }

    async Task<OvermindException> EndedAsync(Claims claims, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(claims, id, cancellationToken) is { } found
            ? new OvermindException(ErrorCode.InvitationEnded, $"The invitation of {found.Email} is {LowerSnake.Write(found.Status)}. Make a new one.")
            : NotFound(id);

    static OvermindException Full() => new(
        ErrorCode.MemberLimitReached, "The organization has as many members as it may have (max_users). Let one leave, or raise the limit.");

    static OvermindException NotFound(Guid id) => new(ErrorCode.InvitationNotFound, $"There is no invitation {id}.");
}
