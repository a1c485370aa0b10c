using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Overmind.Access.Mail;

/// <summary>Sends mails by SMTP, or writes them to the outbox.</summary>
sealed class MailSender(MailOptions options, Outbox outbox)
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public async Task SendAsync(string to, MailText text, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(new MailboxAddress("", to));
        message.Subject = text.Subject;
        // Nobody's out-of-office note is to answer (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new BodyBuilder { TextBody = text.Plain, HtmlBody = text.Html }.ToMessageBody();
        if (options.SmtpUrl is { } server)
            await SendAsync(server, message, cancellationToken);
        else
            await outbox.WriteAsync(message, cancellationToken);
    }

    static async Task SendAsync(Uri server, MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        var isTls = server.Scheme == "smtps";
        var port = server.Port > 0 ? server.Port : isTls ? 465 : 587;
        await client.ConnectAsync(server.Host, port, isTls ? SecureSocketOptions.SslOnConnect : server.IsLoopback ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls, cancellationToken);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancellationToken);
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
