using System.Text.Json.Serialization;

namespace Overmind.Access.Mail;

/// <summary>What a mail is about.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MailTemplate>))]
enum MailTemplate
{
    SignUp,
    VerifyEmail,
    ResetPassword,
    PasswordChanged,
    Invitation,
    Budget,
}
