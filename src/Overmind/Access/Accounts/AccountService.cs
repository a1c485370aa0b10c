using System.Security.Cryptography;
using Overmind.Access.Mail;
using Overmind.Access.Sessions;
using Overmind.Errors;
using Overmind.Postgres;

namespace Overmind.Access.Accounts;

/// <summary>
/// Signing up, forgotten and changed passwords, verified addresses. Nothing that somebody without the mailbox can ask tells whether an address has an
/// account: the answer is the same, and what is done about it is done by a job.
/// </summary>
public sealed class AccountService(
    AccountStore store, SignInStore signIns, PasswordHasher passwords, SignInBackOff backOff, AddressLimit limit, SessionAuthenticator sessions, AccountOptions options)
{
    /// <summary>Whether anybody may sign up.</summary>
    public bool IsSignUpOpen => options.IsSignUpOpen;

    /// <summary>Sends a link to the address. The password is chosen where the link leads: by whoever reads the mailbox, not by whoever typed the address.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.SignUpClosed"/>, <see cref="ErrorCode.TooManyAttempts"/>; a value is not valid.</exception>
    public async Task SignUpAsync(string email, string name, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        if (!options.IsSignUpOpen)
            throw new OvermindException(ErrorCode.SignUpClosed, "Sign-up is closed here. Ask an admin of an organization for an invitation.");
        email = email.Trim();
        var checks = new Checks();
        EmailAddress.Check(ref checks, "email", email);
        checks.Text("name", name, 1, 255);
        checks.ThrowIfAny();
        limit.Take(origin);
        await store.SendAsync(new MailPayload(MailTemplate.SignUp) { Email = email, Name = name }, cancellationToken);
    }

    /// <summary>What the link of a sign-up is for.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.LinkExpired"/>.</exception>
    public async Task<AskedSignUp> FindSignUpAsync(string token, CancellationToken cancellationToken) =>
        (OneTimeToken.Parse(token) is { } parsed ? await store.FindSignUpAsync(parsed, cancellationToken) : null) ?? throw LinkExpired();

    /// <summary>Makes the account, with an organization of its own, of which the person is the admin.</summary>
    /// <param name="name">Null: as it was given when the link was asked for.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.LinkExpired"/>, <see cref="ErrorCode.EmailTaken"/>; the password is not long enough.</exception>
    public async Task<Claims> ConfirmSignUpAsync(string token, string? name, string password, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var asked = await FindSignUpAsync(token, cancellationToken);
        CheckPassword("password", password, asked.Email, name);
        var hash = await passwords.HashAsync(password, cancellationToken);
        var slug = $"personal-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var (outcome, claims) = await store.ConfirmSignUpAsync(OneTimeToken.Parse(token)!.Value, name, hash, slug, origin, cancellationToken);
        return claims ?? throw (outcome == "email_taken"
            ? new OvermindException(ErrorCode.EmailTaken, $"{asked.Email} has an account already. Sign in, or have the password reset.")
            : LinkExpired());
    }

    /// <summary>Sends a link to set a new password, if the address has an account.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.TooManyAttempts"/>; the address is none.</exception>
    public async Task ForgotPasswordAsync(string email, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        email = email.Trim();
        var checks = new Checks();
        EmailAddress.Check(ref checks, "email", email);
        checks.ThrowIfAny();
        limit.Take(origin);
        await store.SendAsync(new MailPayload(MailTemplate.ResetPassword) { Email = email }, cancellationToken);
    }

    /// <summary>Sets a new password by a link and ends all sessions of the account.</summary>
    /// <exception cref="OvermindException"><see cref="ErrorCode.LinkExpired"/>; the password is not long enough.</exception>
    public async Task<Guid> ResetPasswordAsync(string token, string password, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        CheckPassword("password", password, null, null);
        if (OneTimeToken.Parse(token) is not { } parsed
            || await store.ResetPasswordAsync(parsed, await passwords.HashAsync(password, cancellationToken), origin, cancellationToken) is not { } userId)
            throw LinkExpired();
        sessions.Forget();
        return userId;
    }

    /// <summary>Changes one's own password; one's other sessions end.</summary>
    /// <param name="sessionId">The session that asks, which goes on; null: none does.</param>
    /// <exception cref="OvermindException"><see cref="ErrorCode.InvalidCredentials"/>, <see cref="ErrorCode.TooManyAttempts"/>; the new password is not long enough.</exception>
    public async Task ChangePasswordAsync(
        Claims claims, Guid? sessionId, string current, string password, RequestOrigin? origin, CancellationToken cancellationToken)
    {
        var (email, _) = await store.OwnEmailAsync(claims, cancellationToken);
        CheckPassword("password", password, email, null);
        backOff.Check(email, origin);
        var found = await signIns.FindAsync(email, cancellationToken);
        if (!(await passwords.VerifyAsync(found?.PasswordHash, current, cancellationToken)).IsRight)
        {
            backOff.Failed(email, origin);
            throw new OvermindException(ErrorCode.InvalidCredentials, "The current password is wrong.", "current_password");
        }
        backOff.Succeeded(email, origin);
        var hash = await passwords.HashAsync(password, cancellationToken);
        await store.SetPasswordAsync(claims.UserId!.Value, hash, endSessions: true, sessionId, claims.Origin ?? origin, cancellationToken);
        sessions.Forget();
        await store.SendAsync(new MailPayload(MailTemplate.PasswordChanged) { Email = email }, cancellationToken);
    }

    /// <summary>Sends a link to one's own address, which shows that it is one's own; nothing when that is known.</summary>
    public async Task SendVerificationAsync(Claims claims, CancellationToken cancellationToken)
    {
        var (email, isVerified) = await store.OwnEmailAsync(claims, cancellationToken);
        if (!isVerified)
            await store.SendAsync(new MailPayload(MailTemplate.VerifyEmail) { Email = email, UserId = claims.UserId }, cancellationToken);
    }

    /// <exception cref="OvermindException"><see cref="ErrorCode.LinkExpired"/>.</exception>
    public async Task<Guid> VerifyEmailAsync(string token, CancellationToken cancellationToken) =>
        (OneTimeToken.Parse(token) is { } parsed ? await store.VerifyEmailAsync(parsed, cancellationToken) : null) ?? throw LinkExpired();

    internal static OvermindException LinkExpired() => new(ErrorCode.LinkExpired, "The link was used, replaced by a newer one, or has expired. Ask for a new one.");

    static void CheckPassword(string param, string password, string? email, string? name)
    {
        var checks = new Checks();
        PasswordRules.Check(ref checks, param, password, email);
        checks.Text("name", name, 1, 255);
        checks.ThrowIfAny();
    }
}
