using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Overmind.Access;

/// <summary>
/// Passwords as ASP.NET Core Identity stores them: PBKDF2 with HMAC-SHA-512, 220,000 iterations (OWASP's figure), 128-bit salt. Hashing is made to be slow:
/// at most half of the processors do it at a time, so that a flood of sign-ins leaves the others to requests.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    const int Iterations = 220_000;

    readonly PasswordHasher<object> _hasher;
    readonly object _nobody = new();
    readonly Lazy<string> _hashOfNoPassword;
    readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    public PasswordHasher()
        : this(Iterations)
    {
    }

    internal PasswordHasher(int iterations)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _hashOfNoPassword = new Lazy<string>(() => Hash(Guid.CreateVersion7().ToString()));
    }

    public string Hash(string password) => _hasher.HashPassword(_nobody, password);

    /// <summary>As <see cref="Hash"/>, on another thread as soon as there is a place.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => AtAPlaceAsync(() => Hash(password), cancellationToken);

    /// <summary>
    /// Whether the password is right, and whether its hash was made with other parameters than today's. Takes the same time whether there is a hash or none,
    /// so that it does not tell which e-mails are known.
    /// </summary>
    public Task<(bool IsRight, bool IsOld)> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        AtAPlaceAsync(() => Verify(hash, password), cancellationToken);

    public void Dispose() => _places.Dispose();

    (bool IsRight, bool IsOld) Verify(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword(_nobody, hash ?? _hashOfNoPassword.Value, password);
        return (hash is not null && result != PasswordVerificationResult.Failed, result == PasswordVerificationResult.SuccessRehashNeeded);
    }

    async Task<T> AtAPlaceAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(hash, CancellationToken.None);
        }
        finally
        {
            _places.Release();
        }
    }
}
