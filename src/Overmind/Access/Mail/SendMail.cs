using Overmind.Access.Accounts;
using Overmind.Access.Invitations;
using Overmind.Jobs;

namespace Overmind.Access.Mail;

/// <summary>Writes a mail and sends it. What is answered to whoever asked for it does not depend on what is found here.</summary>
[Job(Kind)]
sealed class SendMail(AccountStore accounts, InvitationStore invitations, MailSender sender, ConsoleAddress address) : JobHandler<MailPayload>
{
    public const string Kind = "mail.send";

    static readonly TimeSpan Day = TimeSpan.FromHours(24);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static JobKindOptions Options { get; } = new() { MaxAttempts = 10, RetryWhenLost = true, Timeout = TimeSpan.FromMinutes(1), KeepCompleted = TimeSpan.Zero, KeepFailed = TimeSpan.FromDays(1) };

    // A member's job names an invitation of their own organization; all others are the installation's, which nobody but the service enqueues.
    public override Task HandleAsync(MailPayload mail, JobContext context, CancellationToken cancellationToken) => (mail.Template, context.Job.OrganizationId) switch
    {
        (MailTemplate.Invitation, { } organizationId) => InviteAsync(organizationId, mail.InvitationId!.Value, cancellationToken),
        (_, not null) => throw new JobFailedException("This mail is not an organization's to send."),
        (var template, null) => SendAsync(template, mail, cancellationToken),
    };

    Task SendAsync(MailTemplate template, MailPayload mail, CancellationToken cancellationToken) => template switch
    {
        MailTemplate.SignUp => SignUpAsync(mail, cancellationToken),
        MailTemplate.VerifyEmail => WithTokenAsync("verify_email", mail.Email!, null, mail.UserId, Day, link => MailTexts.VerifyEmail(link), "verify-email", cancellationToken),
        MailTemplate.ResetPassword => ResetPasswordAsync(mail, cancellationToken),
        MailTemplate.PasswordChanged => PasswordChangedAsync(mail, cancellationToken),
        MailTemplate.Budget => sender.SendAsync(mail.Email!, MailTexts.Budget(mail.Budget!, address.Url), cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(mail), mail.Template, null),
    };

    async Task SignUpAsync(MailPayload mail, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(mail.Email!, cancellationToken) is not { } account)
            await WithTokenAsync("sign_up", mail.Email!, mail.Name, null, Day, link => MailTexts.SignUp(mail.Name!, link), "confirm", cancellationToken);
        // Counted as a link, too, so that nobody is sent mails without end.
        else if (await accounts.AddTokenAsync("has_account", account.Email, null, null, Hour, cancellationToken) is not null)
            await sender.SendAsync(account.Email, MailTexts.HasAccount(account.Name, $"{address.Url?.TrimEnd('/')}/sign-in"), cancellationToken);
    }

    async Task ResetPasswordAsync(MailPayload mail, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(mail.Email!, cancellationToken) is { } account)
            await WithTokenAsync("reset_password", account.Email, null, account.UserId, Hour, link => MailTexts.ResetPassword(account.Name, link), "reset-password", cancellationToken);
    }

    async Task PasswordChangedAsync(MailPayload mail, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(mail.Email!, cancellationToken) is { } account)
            await sender.SendAsync(account.Email, MailTexts.PasswordChanged(account.Name), cancellationToken);
    }

    async Task InviteAsync(Guid organizationId, Guid invitationId, CancellationToken cancellationToken)
    {
        var token = InvitationToken.Generate(organizationId);
        if (await invitations.SetTokenAsync(invitationId, token, cancellationToken) is { } invitation)
            await sender.SendAsync(
                invitation.Email, MailTexts.Invitation(invitation.InvitedBy, invitation.OrganizationName, invitation.Role, address.Link("invitation", token.Text)),
                cancellationToken);
    }

    async Task WithTokenAsync(
        string purpose, string email, string? name, Guid? userId, TimeSpan lifetime, Func<string, MailText> text, string page, CancellationToken cancellationToken)
    {
        if (await accounts.AddTokenAsync(purpose, email, name, userId, lifetime, cancellationToken) is not { } token)
            return;
        try
        {
            await sender.SendAsync(email, text(address.Link(page, token.Text)), cancellationToken);
        }
        catch
        {
            // The next attempt makes another; one that nobody has does not count.
            await accounts.ForgetTokenAsync(token, CancellationToken.None);
            throw;
        }
    }
}
