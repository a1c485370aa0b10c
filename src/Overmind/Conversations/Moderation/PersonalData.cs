using System.Numerics;
using System.Text.RegularExpressions;

namespace Overmind.Conversations.Moderation;

/// <summary>Finds data of persons in a text: each by a pattern that no text makes slow, and by its check digits where it has some.</summary>
static class PersonalData
{
    static readonly Regex EmailPattern = Of(@"[a-z0-9._%+\-]+@[a-z0-9\-]+(\.[a-z0-9\-]+)*\.[a-z]{2,}");

    static readonly Regex PhonePattern = Of(@"(\+|\b0)[0-9]([ \-./()]{0,2}[0-9]){7,16}");

    static readonly Regex CardPattern = Of(@"\b[0-9]([ \-]?[0-9]){12,18}\b");

    static readonly Regex IbanPattern = Of(@"(?-i)\b[A-Z]{2}[0-9]{2}( ?[A-Z0-9]){11,30}\b");

    static readonly Regex DniPattern = Of(@"\b([0-9]{8}|[XYZ][0-9]{7})-?[A-HJ-NP-TV-Z]\b");

    static readonly Regex NirPattern = Of(@"\b[12] ?[0-9]{2} ?[0-9]{2} ?([0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}\b");

    static readonly Regex CpfPattern = Of(@"\b[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}\b");

    /// <summary>Where the first e-mail address begins; -1: there is none.</summary>
    public static int Email(string text) => EmailPattern.Match(text) is { Success: true } found ? found.Index : -1;

    public static int Phone(string text) => First(PhonePattern, text, found => Digits(found).Length is >= 9 and <= 15);

    public static int Card(string text) => First(CardPattern, text, found => Digits(found) is { Length: >= 13 and <= 19 } digits && PassesLuhn(digits));

    public static int Iban(string text) => First(IbanPattern, text, HasIban);

    public static int NationalId(string text) =>
        First(DniPattern, text, found => PassesDni(Plain(found))) is >= 0 and var dni ? dni
        : First(NirPattern, text, found => PassesNir(Plain(found))) is >= 0 and var nir ? nir
        : First(CpfPattern, text, found => PassesCpf(Digits(found)));

    static int First(Regex pattern, string text, Func<string, bool> isOne)
    {
        foreach (var match in pattern.EnumerateMatches(text))
            if (isOne(text.Substring(match.Index, match.Length)))
                return match.Index;
        return -1;
    }

    static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    // ISO/IEC 7812-1, annex B.
    static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }

        return sum % 10 == 0 && digits.Any(digit => digit != '0');
    }

    // A word in capitals may follow: it may end at each space.
    static bool HasIban(string found)
    {
        for (var end = found.Length; end >= 15; end = found.LastIndexOf(' ', end - 1))
            if (Plain(found[..end]) is { Length: >= 15 and <= 34 } iban && PassesIban(iban))
                return true;
        return false;
    }

    // ISO 13616: the first four characters go to the end, letters count from 10, and the number leaves 1 when it is divided by 97.
    static bool PassesIban(string iban) => Remainder(iban[4..] + iban[..4], 97) == 1;

    static int Remainder(string text, int divisor) => text.Aggregate(
        0, (rest, next) => ((rest * (char.IsAsciiDigit(next) ? 10 : 100)) + (char.IsAsciiDigit(next) ? next - '0' : next - 'A' + 10)) % divisor);

    // Spain: the letter is that of the number's remainder by 23; an NIE begins with X, Y or Z, which stand for 0, 1 and 2.
    static bool PassesDni(string id) => "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse((id[0] is 'X' or 'Y' or 'Z' ? (char)(id[0] - 'X' + '0') : id[0]) + id[1..^1]) % 23] == id[^1];

    // France: the last two digits are 97 less the remainder of the others by 97; 2A and 2B (Corsica) count as 19 and 18.
    static bool PassesNir(string id) =>
        BigInteger.TryParse(id[..^2].Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal), out var number)
        && 97 - (int)(number % 97) == int.Parse(id[^2..]);

    // Brazil: two check digits, each by 11.
    static bool PassesCpf(string digits)
    {
        return digits.Distinct().Count() > 1 && Check(9) == digits[9] - '0' && Check(10) == digits[10] - '0';

        int Check(int length)
        {
            var rest = digits.Take(length).Select((digit, at) => (digit - '0') * (length + 1 - at)).Sum() * 10 % 11;
            return rest == 10 ? 0 : rest;
        }
    }

    static Regex Of(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
