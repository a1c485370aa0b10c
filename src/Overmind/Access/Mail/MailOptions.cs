namespace Overmind.Access.Mail;

/// <summary>How mail is sent.</summary>
public sealed record MailOptions
{
    /// <summary>
    /// The SMTP server: <c>smtps://user:password@mail.example.com:465</c> with TLS from the beginning, <c>smtp://…:587</c> with STARTTLS, which a server must
    /// offer unless it is on the loopback address. Default: none, and mails are written to <see cref="OutboxFolder"/>.
    /// </summary>
    public Uri? SmtpUrl { get; init; }

    /// <summary>Whom mails come from. Default: <c>overmind@localhost</c>.</summary>
    public string From { get; init; } = "overmind@localhost";

    /// <summary>Where mails are written as files when there is no SMTP server. Default: none, and mails then fail.</summary>
    public string? OutboxFolder { get; init; }
}
