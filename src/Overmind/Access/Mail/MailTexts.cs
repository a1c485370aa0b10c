namespace Overmind.Access.Mail;

/// <summary>The texts of all mails.</summary>
static class MailTexts
{
    const string NotYou = "If you did not ask for this, you need do nothing: without this mail nobody gets any further.";

    public static MailText SignUp(string name, string link) => new(
        "Your account at Overmind", [$"Hello {name},", "somebody asked for an account with this address. If it was you, choose a password and begin."],
        "Choose a password", link, $"The link is good once, for 24 hours. {NotYou}");

    public static MailText HasAccount(string name, string link) => new(
        "You have an account at Overmind", [$"Hello {name},", "somebody asked for an account with this address, which has one already. If it was you, sign in; if you have forgotten the password, you can set a new one there."],
        "Sign in", link, "If it was not you, you need do nothing.");

    public static MailText VerifyEmail(string link) => new(
        "Is this your address?", ["Hello,", "please show that this address is yours."], "Yes, it is mine", link, $"The link is good once, for 24 hours. {NotYou}");

    public static MailText ResetPassword(string name, string link) => new(
        "A new password for Overmind", [$"Hello {name},", "somebody asked to set a new password for your account. When you do, you are signed out everywhere."],
        "Set a new password", link, $"The link is good once, for an hour. {NotYou}");

    public static MailText PasswordChanged(string name) => new(
        "Your password was changed", [$"Hello {name},", "the password of your account was changed, and your other devices were signed out."], null, null,
        "If it was not you, have it reset at once: Sign in, Forgotten your password?");

    public static MailText Invitation(string invitedBy, string organization, string role, string link) => new(
        $"{invitedBy} invites you to {organization}", ["Hello,", $"{invitedBy} invites you to join {organization} at Overmind as {role}."],
        "Join", link, "The link is good once, until the invitation expires. If you do not know who this is, you need do nothing.");
}
