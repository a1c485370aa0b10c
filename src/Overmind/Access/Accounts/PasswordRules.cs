using Overmind.Errors;

namespace Overmind.Access.Accounts;

/// <summary>What a new password must be like: long, and not the address. No rules of composition, which make passwords worse (NIST SP 800-63B, section 3.1.1.2).</summary>
static class PasswordRules
{
    const int MinLength = 12;
    const int MaxLength = 256;

    public static void Check(ref Checks checks, string param, string? password, string? email)
    {
        checks.Text(param, password, MinLength, MaxLength);
        checks.Require(
            password is null || email is null || !password.Trim().Equals(email.Trim(), StringComparison.OrdinalIgnoreCase), param,
            $"{param} is not the e-mail address.");
        checks.Require(password is null || password.Distinct().Count() >= 4, param, $"{param} has at least 4 different characters.");
    }
}
