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

    public static MailText Budget(MailBudget budget, string? console)
    {
        var of = budget.Subject is null ? "" : $" ({budget.Subject})";
        var (subject, becomes) = budget switch
        {
            { Event: "soft_limit_reached" } => ($"The budget {budget.Name} is nearly used up", "Nothing is stopped yet."),
            { Event: "second_limit_reached" } => ($"The second limit of the budget {budget.Name} is reached", "No more calls are made until the period ends or the limit is raised; then what waits goes on by itself."),
            { OnLimit: "allow_up_to" } => ($"The budget {budget.Name} is used up", "Calls go on to the second limit."),
            { OnLimit: "skip_scheduled" } => ($"The budget {budget.Name} is used up", "What schedules ask for is not done until the period ends or the limit is raised; all else goes on."),
            _ => ($"The budget {budget.Name} is used up", "No more calls are made until the period ends or the limit is raised; then what waits goes on by itself."),
        };
        return new(
            subject, [$"Of the budget {budget.Name}{of} of {budget.Organization}, {budget.Used} of {budget.Limit} {budget.Unit} are used. The period ends at {budget.Until}.", becomes],
            console is null ? null : "Look at the usage", console is null ? null : $"{console.TrimEnd('/')}/usage", "You get this because you are an admin of the organization.");
    }
}
