using System.Text;
using System.Text.RegularExpressions;
using Overmind.Errors;

namespace Overmind.Tenancy;

/// <summary>
/// An organization's short name: 2 to 100 lower-case letters, digits and single hyphens, none at an end; no id, so that a word says which of the
/// two it is; and no word that addresses need for something else.
/// </summary>
static partial class OrganizationSlug
{
    const int MaxLength = 100;

    // Unicode's own decomposition is not there without ICU, which the server does not need.
    const string Accented = "àáâãäåāăąçćčďđèéêëēęěìíîïīłñńňòóôõöøōőřśšťùúûüūůűýÿźžżß";
    const string Plain = "aaaaaaaaacccddeeeeeeeiiiiilnnnoooooooorsstuuuuuuuyyzzzs";

    static readonly string[] Reserved =
        ["admin", "anon", "api", "app", "auth", "billing", "console", "errors", "health", "help", "login", "me", "new", "openapi", "public", "ready", "root", "settings", "sign-in", "sign-up", "static", "status", "support", "system", "www"];

    public static void Check(ref Checks checks, string? slug)
    {
        if (slug is null) return;
        checks.Require(
            slug.Length is >= 2 and <= MaxLength && Shape().IsMatch(slug), "slug",
            $"slug has 2 to {MaxLength} lower-case letters, digits and single hyphens, none at an end, as acme-labs.");
        checks.Require(!Guid.TryParse(slug, out _), "slug", "slug looks like an id. Choose a name.");
        checks.Require(!Reserved.Contains(slug), "slug", $"slug is none of {string.Join(", ", Reserved)}.");
    }

    /// <summary>A slug for a name: <c>Acme &amp; Söhne</c> gives <c>acme-sohne</c>. What has no letter that fits gives <c>organization</c>.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            var character = Accented.IndexOf(letter) is >= 0 and var at ? Plain[at] : letter;
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)) slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var made = slug.ToString(0, Math.Min(slug.Length, MaxLength)).Trim('-');
        return made.Length < 2 || Reserved.Contains(made) || Guid.TryParse(made, out _) ? $"organization{(made.Length > 0 ? "-" : "")}{made}" : made;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
