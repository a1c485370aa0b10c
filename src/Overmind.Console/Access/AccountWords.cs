namespace Overmind.WebConsole.Access;

/// <summary>What the forms of accounts say when something went wrong.</summary>
static class AccountWords
{
    /// <summary>The sentence of an error's code; null when nothing went wrong.</summary>
    /// <param name="param">The field that it is about.</param>
    public static string? Sentence(string? code, string? param = null) => (code, param) switch
    {
        (null, _) => null,
        ("invalid_credentials", null) => "E-mail or password is wrong.",
        ("invalid_credentials", _) => "This is not the password of the account.",
        ("too_many_attempts", _) => "There were too many attempts. Wait a minute, then try again.",
        ("invalid_form_token", _) => "The page was open for too long. Try again.",
        ("link_expired", _) => "This link was used, replaced by a newer one, or has expired. Ask for a new one.",
        ("email_taken", _) => "This address has an account already. Sign in, or set a new password.",
        ("already_member", _) => "You are a member already. Sign in.",
        ("member_limit_reached", _) => "The organization has as many members as it may have. Ask who invited you.",
        ("sign_up_closed", _) => "Accounts are made by invitation here.",
        ("invalid_value", "password") => "Choose a password of at least 12 characters, of which 4 differ, that is not your e-mail address.",
        ("invalid_value", "email") => "This is no e-mail address.",
        ("invalid_value", "name") => "A name has 1 to 255 characters.",
        ("missing_field", "password") => "The password is missing.",
        ("missing_field", "name") => "The name is missing.",
        _ => "That did not work. Try again.",
    };

    /// <summary>What was just done; null: nothing.</summary>
    public static string? Done(string? what) => what switch
    {
        "password" => "The password is set. Sign in with it.",
        "email" => "Your address is verified.",
        _ => null,
    };
}
