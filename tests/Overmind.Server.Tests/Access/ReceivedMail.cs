using MimeKit;

namespace Overmind.Server.Tests.Access;

/// <summary>A mail that came in.</summary>
sealed record ReceivedMail(string To, string Subject, string Text, string Html)
{
    public static ReceivedMail Of(MimeMessage message) => new(message.To.ToString(), message.Subject ?? "", message.TextBody ?? "", message.HtmlBody ?? "");
}
