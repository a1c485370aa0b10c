using Overmind.Errors;

namespace Overmind.Access.Accounts;

/// <summary>An e-mail address as the database takes it.</summary>
static class EmailAddress
{
    public static void Check(ref Checks checks, string param, string email)
    {
        checks.Text(param, email, 3, 255);
        checks.Require(IsOne(email), param, $"{param} is an e-mail address as name@example.com.");
    }

    static bool IsOne(string email) =>
        email.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !email.Any(char.IsWhiteSpace) && !email.Any(char.IsControl) && !email.AsSpan().ContainsAny('<', '>', ',');
}
