using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Overmind.Access;

/// <summary>Passwords as ASP.NET Core Identity stores them: PBKDF2 with HMAC-SHA-512, 210,000 iterations (OWASP's figure), 128-bit salt.</summary>
public sealed class PasswordHasher
{
    const int Iterations = 210_000;

    readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    readonly object _nobody = new();
    readonly Lazy<string> _hashOfNoPassword;

    public PasswordHasher() => _hashOfNoPassword = new Lazy<string>(() => Hash(Guid.CreateVersion7().ToString()));

    public string Hash(string password) => _hasher.HashPassword(_nobody, password);

    /// <summary>Takes the same time whether there is a hash or none, so that it does not tell which e-mails are known.</summary>
    public bool Verify(string? hash, string password) =>
        _hasher.VerifyHashedPassword(_nobody, hash ?? _hashOfNoPassword.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}
