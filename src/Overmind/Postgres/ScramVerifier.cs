using System.Security.Cryptography;
using System.Text;

namespace Overmind.Postgres;

/// <summary>
/// What PostgreSQL stores of a password (RFC 5803). Made here, so that the password itself never stands in a statement that a server may log.
/// The password must be ASCII: nothing is normalised.
/// </summary>
static class ScramVerifier
{
    const int Iterations = 4096;

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
        var storedKey = SHA256.HashData(Sign(salted, "Client Key"));
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(Sign(salted, "Server Key"))}";
    }

    static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));
}
