using Overmind.Postgres;

namespace Overmind.Access.Sessions;

/// <summary>The SQL of signing keys; what it stores of them is encrypted.</summary>
sealed class SigningKeyStore(Database database, SecretCipher cipher)
{
    const string ReadSql = "select id, secret, retired_at from overmind.read_signing_keys()";
    const string AddSql = "select overmind.add_signing_key($1, $2::jsonb, $3, $4)";

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<SigningKey>> ListAsync(CancellationToken cancellationToken) => database.ListAsync(
        Claims.Service, new Statement(ReadSql),
        row => SigningKey.Import(row.GetGuid(0), cipher.Decrypt(row.GetFieldValue<byte[]>(1), Guid.Empty, row.GetGuid(0)), row.IsDBNull(2) ? null : row.Time(2)),
        cancellationToken);

    /// <param name="rotate">False: only when there is none.</param>
    public Task AddAsync(SigningKey key, bool rotate, CancellationToken cancellationToken) => database.FindAsync<bool>(
        Claims.Service, AddSql, [key.Id, key.PublicKey.ToJsonString(), cipher.Encrypt(key.Export(), Guid.Empty, key.Id), rotate], cancellationToken);
}
